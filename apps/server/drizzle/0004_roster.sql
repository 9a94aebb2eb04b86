CREATE TABLE "roster_models" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prompt" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roster_pictures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"model_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"storage_key" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "roster_models" ADD CONSTRAINT "roster_models_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_pictures" ADD CONSTRAINT "roster_pictures_model_id_roster_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."roster_models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "roster_models_name" ON "roster_models" USING btree ("account_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "roster_pictures_role" ON "roster_pictures" USING btree ("model_id","role");--> statement-breakpoint
CREATE UNIQUE INDEX "roster_pictures_storage_key" ON "roster_pictures" USING btree ("storage_key");