-- Batches, deadlines of the caller's own, signed webhooks, and the lower price of a fallback.

-- Usage by capability goes on telling about jobs whose request is forgotten later.
UPDATE jobs SET capability = request->>'capability' WHERE request IS NOT NULL;
--> statement-breakpoint

-- Ends a hold: `p_charged` of it is spent, from the subscription first, and the rest goes back to the buckets it came from.
-- The entry of a settlement tells what was charged.
DROP FUNCTION end_hold(jobs, boolean, text);
--> statement-breakpoint
CREATE FUNCTION end_hold(p_job jobs, p_settled boolean, p_charged bigint, p_reason text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  from_subscription bigint := least(p_job.held_subscription, p_charged);
  from_on_demand bigint := p_charged - from_subscription;
BEGIN
  UPDATE accounts SET
    held_subscription = held_subscription - p_job.held_subscription,
    held_on_demand = held_on_demand - p_job.held_on_demand,
    spent = spent + p_charged,
    available_subscription = available_subscription + p_job.held_subscription - from_subscription,
    available_on_demand = available_on_demand + p_job.held_on_demand - from_on_demand,
    active_jobs = active_jobs - 1
  WHERE id = p_job.account_id;
  INSERT INTO ledger_entries (account_id, job_id, kind, subscription, on_demand, reason)
  VALUES (p_job.account_id, p_job.id, CASE WHEN p_settled THEN 'settle' ELSE 'release' END,
    CASE WHEN p_settled THEN from_subscription ELSE p_job.held_subscription END,
    CASE WHEN p_settled THEN from_on_demand ELSE p_job.held_on_demand END, p_reason);
END $$;
--> statement-breakpoint

-- As before, and: a fallback is charged at the lower price, and the receivers that the account has named get a delivery each.
CREATE OR REPLACE FUNCTION end_job(
  p_job uuid, p_from text, p_attempt integer, p_status text, p_failure jsonb, p_warnings text[],
  p_artifacts jsonb, p_record jsonb, p_expires_at timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  job jobs%ROWTYPE;
  reached text;
  fell_back boolean := coalesce((p_record->>'fallbackUsed')::boolean, false);
  charge bigint := 0;
BEGIN
  SELECT * INTO job FROM jobs WHERE id = p_job AND status = p_from AND attempt = p_attempt FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  reached := CASE WHEN job.cancel_requested_at IS NULL THEN p_status ELSE 'canceled' END;
  IF reached = 'succeeded' THEN
    charge := CASE WHEN fell_back THEN least(job.price, coalesce(job.fallback_price, job.price)) ELSE job.price END;
  END IF;
  UPDATE jobs SET
    status = reached, ended_at = now(), expires_at = p_expires_at, lease_until = NULL,
    failure = CASE WHEN reached = 'failed' THEN p_failure END,
    warnings = CASE WHEN reached = 'succeeded' THEN p_warnings ELSE '{}' END,
    fallback_used = fell_back AND reached = 'succeeded',
    charged = charge
  WHERE id = p_job;
  PERFORM end_hold(job, reached = 'succeeded', charge, job.operation);
  IF p_from = 'running' THEN
    PERFORM close_attempt(p_job, p_attempt, reached, p_failure, p_record);
  END IF;
  IF reached = 'succeeded' THEN
    INSERT INTO artifacts (id, job_id, account_id, position, storage_key, mime, bytes, width, height, address, expires_at)
    SELECT a.id, p_job, job.account_id, a.position, a.storage_key, a.mime, a.bytes, a.width, a.height, a.address, p_expires_at
    FROM jsonb_to_recordset(p_artifacts) AS a(
      id uuid, position integer, storage_key text, mime text, bytes bigint, width integer, height integer, address text);
  END IF;
  UPDATE inputs SET expires_at = now() WHERE job_id = p_job;
  IF job.webhook_url IS NOT NULL THEN
    INSERT INTO webhook_deliveries (job_id, account_id, dialect, url)
    VALUES (p_job, job.account_id, job.dialect, job.webhook_url);
  END IF;
  IF job.dialect = 'toile' THEN
    INSERT INTO webhook_deliveries (job_id, account_id, dialect, endpoint_id, url)
    SELECT p_job, job.account_id, job.dialect, receiver.id, receiver.url
    FROM webhook_endpoints receiver WHERE receiver.account_id = job.account_id;
  END IF;
  RETURN reached;
END $$;
--> statement-breakpoint

-- Ends the queued jobs whose callers wanted them by now or not at all. Running ones are stopped by their workers.
CREATE FUNCTION cancel_overdue_jobs(p_expires_at timestamptz) RETURNS TABLE (job_id uuid) LANGUAGE plpgsql AS $$
DECLARE
  overdue record;
BEGIN
  FOR overdue IN
    SELECT id, attempt FROM jobs WHERE status = 'queued' AND cancel_at_deadline AND deadline <= now()
    ORDER BY deadline LIMIT 200 FOR NO KEY UPDATE SKIP LOCKED
  LOOP
    PERFORM end_job(overdue.id, 'queued', overdue.attempt, 'canceled', NULL, '{}', '[]', '{}', p_expires_at);
    job_id := overdue.id;
    RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint

-- The row of an accepted job, and what was staged for it.
CREATE FUNCTION insert_job(
  p_job uuid, p_account uuid, p_key uuid, p_dialect text, p_operation text, p_request jsonb, p_price bigint,
  p_from_subscription bigint, p_from_on_demand bigint, p_delivery text, p_output_format text, p_webhook_url text,
  p_time_limit interval, p_cancel_at_deadline boolean, p_fallback_price bigint, p_batch uuid, p_inputs jsonb
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO jobs (id, account_id, key_id, dialect, operation, capability, request, price, held_subscription, held_on_demand,
    delivery, output_format, webhook_url, deadline, cancel_at_deadline, fallback_price, batch_id)
  VALUES (p_job, p_account, p_key, p_dialect, p_operation, p_request->>'capability', p_request, p_price, p_from_subscription,
    p_from_on_demand, p_delivery, p_output_format, p_webhook_url, now() + p_time_limit, p_cancel_at_deadline,
    p_fallback_price, p_batch);
  IF p_inputs IS NOT NULL THEN
    INSERT INTO inputs (storage_key, job_id, bytes, expires_at)
    SELECT staged.key, p_job, staged.bytes, now() + p_time_limit + interval '1 hour'
    FROM jsonb_to_recordset(p_inputs) AS staged(key text, bytes bigint);
  END IF;
END $$;
--> statement-breakpoint

-- As before, with a deadline of the caller's own and a price for fallbacks. The defaults serve processes of the version before.
DROP FUNCTION submit_job(uuid, uuid, uuid, text, text, jsonb, bigint, text, text, text, integer, interval, text, text, boolean,
  interval, jsonb, text);
--> statement-breakpoint
CREATE FUNCTION submit_job(
  p_job uuid, p_account uuid, p_key uuid, p_dialect text, p_operation text, p_request jsonb, p_price bigint,
  p_delivery text, p_output_format text, p_webhook_url text, p_job_limit integer, p_time_limit interval,
  p_fingerprint text, p_content_hash text, p_may_repeat boolean, p_window interval,
  p_inputs jsonb, p_reservation text, p_cancel_at_deadline boolean DEFAULT false, p_fallback_price bigint DEFAULT NULL,
  OUT outcome text, OUT job_id uuid, OUT available bigint
) LANGUAGE plpgsql AS $$
DECLARE
  reservation text := p_reservation;
  earlier_job uuid;
  hold record;
BEGIN
  job_id := p_job;
  IF reservation IS NULL THEN
    SELECT r.outcome, r.earlier_job INTO reservation, earlier_job
    FROM reserve_submission(p_key, p_fingerprint, p_content_hash, p_may_repeat, p_window, p_job) r;
    IF reservation IN ('repeated', 'repeat-mismatch') THEN
      outcome := reservation;
      job_id := earlier_job;
      RETURN;
    END IF;
  END IF;

  SELECT * INTO hold FROM hold_credits(p_account, p_job, p_price, p_job_limit, p_operation);
  available := hold.available;
  IF hold.refusal IS NOT NULL THEN
    outcome := hold.refusal;
    IF reservation = 'new' THEN
      DELETE FROM submissions WHERE key_id = p_key AND fingerprint = p_fingerprint;
    END IF;
    RETURN;
  END IF;

  IF reservation = 'again' THEN
    UPDATE submissions SET job_id = p_job, content_hash = p_content_hash, created_at = now(), expires_at = now() + p_window
    WHERE key_id = p_key AND fingerprint = p_fingerprint;
  END IF;
  PERFORM insert_job(p_job, p_account, p_key, p_dialect, p_operation, p_request, p_price, hold.from_subscription,
    hold.from_on_demand, p_delivery, p_output_format, p_webhook_url, p_time_limit, p_cancel_at_deadline, p_fallback_price,
    NULL, p_inputs);
  outcome := 'accepted';
END $$;
--> statement-breakpoint

-- Takes in all of `p_jobs` or none: one look at balance and limit under the account's lock, one change of the balance.
-- Each job keeps a hold of its own in the ledger, because each ends by itself. In `submissions` the batch stands for its jobs.
CREATE FUNCTION submit_jobs(
  p_batch uuid, p_account uuid, p_key uuid, p_dialect text, p_jobs jsonb, p_job_limit integer, p_time_limit interval,
  p_cancel_at_deadline boolean, p_fingerprint text, p_content_hash text, p_may_repeat boolean, p_window interval,
  p_reservation text,
  OUT outcome text, OUT batch_id uuid, OUT available bigint
) LANGUAGE plpgsql AS $$
DECLARE
  reservation text := p_reservation;
  earlier uuid;
  account accounts%ROWTYPE;
  total bigint;
  total_from_subscription bigint;
  subscription_left bigint;
  job record;
  from_subscription bigint;
BEGIN
  batch_id := p_batch;
  IF reservation IS NULL THEN
    SELECT r.outcome, r.earlier_job INTO reservation, earlier
    FROM reserve_submission(p_key, p_fingerprint, p_content_hash, p_may_repeat, p_window, p_batch) r;
    IF reservation IN ('repeated', 'repeat-mismatch') THEN
      outcome := reservation;
      batch_id := earlier;
      RETURN;
    END IF;
  END IF;

  SELECT sum((each->>'price')::bigint) INTO total FROM jsonb_array_elements(p_jobs) AS each;
  SELECT * INTO STRICT account FROM accounts WHERE id = p_account FOR NO KEY UPDATE;
  available := account.available_subscription + account.available_on_demand;
  IF available < total THEN
    outcome := 'out-of-credits';
  ELSIF account.active_jobs + jsonb_array_length(p_jobs) > p_job_limit THEN
    outcome := 'too-many-running';
  END IF;
  IF outcome IS NOT NULL THEN
    IF reservation = 'new' THEN
      DELETE FROM submissions WHERE key_id = p_key AND fingerprint = p_fingerprint;
    END IF;
    RETURN;
  END IF;

  IF reservation = 'again' THEN
    UPDATE submissions SET job_id = p_batch, content_hash = p_content_hash, created_at = now(), expires_at = now() + p_window
    WHERE key_id = p_key AND fingerprint = p_fingerprint;
  END IF;
  total_from_subscription := least(account.available_subscription, total);
  UPDATE accounts SET
    available_subscription = available_subscription - total_from_subscription,
    available_on_demand = available_on_demand - (total - total_from_subscription),
    held_subscription = held_subscription + total_from_subscription,
    held_on_demand = held_on_demand + (total - total_from_subscription),
    active_jobs = active_jobs + jsonb_array_length(p_jobs)
  WHERE id = p_account;

  subscription_left := total_from_subscription;
  FOR job IN
    SELECT * FROM jsonb_to_recordset(p_jobs) AS j(
      id uuid, operation text, request jsonb, price bigint, delivery text, "outputFormat" text, "webhookUrl" text,
      "fallbackPrice" bigint, inputs jsonb)
  LOOP
    from_subscription := least(subscription_left, job.price);
    subscription_left := subscription_left - from_subscription;
    INSERT INTO ledger_entries (account_id, job_id, kind, subscription, on_demand, reason)
    VALUES (p_account, job.id, 'hold', from_subscription, job.price - from_subscription, job.operation);
    PERFORM insert_job(job.id, p_account, p_key, p_dialect, job.operation, job.request, job.price, from_subscription,
      job.price - from_subscription, job.delivery, job."outputFormat", job."webhookUrl", p_time_limit, p_cancel_at_deadline,
      job."fallbackPrice", p_batch, job.inputs);
  END LOOP;
  outcome := 'accepted';
END $$;
