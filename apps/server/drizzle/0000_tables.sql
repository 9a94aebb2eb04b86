CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"granted" bigint DEFAULT 0 NOT NULL,
	"available_subscription" bigint DEFAULT 0 NOT NULL,
	"available_on_demand" bigint DEFAULT 0 NOT NULL,
	"held_subscription" bigint DEFAULT 0 NOT NULL,
	"held_on_demand" bigint DEFAULT 0 NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	"active_jobs" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "accounts_nothing_negative" CHECK ("accounts"."available_subscription" >= 0 and "accounts"."available_on_demand" >= 0 and "accounts"."held_subscription" >= 0 and "accounts"."held_on_demand" >= 0 and "accounts"."spent" >= 0 and "accounts"."active_jobs" >= 0),
	CONSTRAINT "accounts_credits_add_up" CHECK ("accounts"."granted" = "accounts"."available_subscription" + "accounts"."available_on_demand" + "accounts"."held_subscription" + "accounts"."held_on_demand" + "accounts"."spent")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "artifacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"job_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"storage_key" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" bigint NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"address" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"worker_id" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"engine" text,
	"engine_version" text,
	"runs" jsonb,
	"failure" jsonb,
	"moderation" jsonb,
	"timings" jsonb,
	"warnings" text[],
	CONSTRAINT "attempts_job_id_number_pk" PRIMARY KEY("job_id","number")
);
--> statement-breakpoint
CREATE TABLE "inputs" (
	"storage_key" text PRIMARY KEY NOT NULL,
	"job_id" uuid NOT NULL,
	"bytes" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"dialect" text NOT NULL,
	"operation" text NOT NULL,
	"request" jsonb,
	"price" bigint NOT NULL,
	"charged" bigint DEFAULT 0 NOT NULL,
	"held_subscription" bigint NOT NULL,
	"held_on_demand" bigint NOT NULL,
	"delivery" text NOT NULL,
	"output_format" text NOT NULL,
	"webhook_url" text,
	"status" text DEFAULT 'queued' NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"deadline" timestamp with time zone NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"progress" real DEFAULT 0 NOT NULL,
	"warnings" text[] DEFAULT '{}' NOT NULL,
	"failure" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "jobs_hold_is_the_price" CHECK ("jobs"."held_subscription" + "jobs"."held_on_demand" = "jobs"."price")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" uuid NOT NULL,
	"job_id" uuid,
	"kind" text NOT NULL,
	"subscription" bigint NOT NULL,
	"on_demand" bigint NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entries_nothing_negative" CHECK ("ledger_entries"."subscription" >= 0 and "ledger_entries"."on_demand" >= 0)
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"key_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"content_hash" text NOT NULL,
	"job_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "submissions_key_id_fingerprint_pk" PRIMARY KEY("key_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"job_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"dialect" text NOT NULL,
	"url" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	"abandoned_at" timestamp with time zone,
	"last_result" text
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_secret_hash" ON "api_keys" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "api_keys_account" ON "api_keys" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "artifacts_position" ON "artifacts" USING btree ("job_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "artifacts_storage_key" ON "artifacts" USING btree ("storage_key");--> statement-breakpoint
CREATE INDEX "artifacts_expiry" ON "artifacts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "inputs_job" ON "inputs" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "inputs_expiry" ON "inputs" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "jobs_claimable" ON "jobs" USING btree ("not_before") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "jobs_leased" ON "jobs" USING btree ("lease_until") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "jobs_to_forget" ON "jobs" USING btree ("expires_at") WHERE request is not null and expires_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_one_end" ON "ledger_entries" USING btree ("job_id") WHERE kind in ('settle', 'release');--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_try_at") WHERE delivered_at is null and abandoned_at is null;