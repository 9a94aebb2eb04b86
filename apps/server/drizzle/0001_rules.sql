-- What tables alone cannot say: the append-only ledger, and the transitions that must be one round trip.
-- A function here is changed by a later migration with CREATE OR REPLACE, never by editing this one.

-- Balances and states are updated far more often than inserted: room on the page keeps such updates in place.
ALTER TABLE accounts SET (fillfactor = 40);
--> statement-breakpoint
ALTER TABLE jobs SET (fillfactor = 70);
--> statement-breakpoint

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % is refused', tg_op USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- Adds bought or given credits to a bucket.
CREATE FUNCTION grant_credits(p_account uuid, p_bucket text, p_amount bigint, p_reason text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  in_subscription bigint := CASE p_bucket WHEN 'subscription' THEN p_amount ELSE 0 END;
BEGIN
  UPDATE accounts SET
    granted = granted + p_amount,
    available_subscription = available_subscription + in_subscription,
    available_on_demand = available_on_demand + p_amount - in_subscription
  WHERE id = p_account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_account USING ERRCODE = 'foreign_key_violation';
  END IF;
  INSERT INTO ledger_entries (account_id, kind, subscription, on_demand, reason)
  VALUES (p_account, 'grant', in_subscription, p_amount - in_subscription, p_reason);
END $$;
--> statement-breakpoint

-- Reserves a job's price, subscription first, and counts the job as active. The split is answered so that the job remembers it.
-- The row lock taken here is what makes "enough credits" and "not too many jobs" true until commit.
CREATE FUNCTION hold_credits(
  p_account uuid, p_job uuid, p_amount bigint, p_job_limit integer, p_reason text,
  OUT refusal text, OUT available bigint, OUT from_subscription bigint, OUT from_on_demand bigint
) LANGUAGE plpgsql AS $$
DECLARE
  account accounts%ROWTYPE;
BEGIN
  SELECT * INTO STRICT account FROM accounts WHERE id = p_account FOR NO KEY UPDATE;
  available := account.available_subscription + account.available_on_demand;
  IF available < p_amount THEN
    refusal := 'out-of-credits';
    RETURN;
  END IF;
  IF account.active_jobs >= p_job_limit THEN
    refusal := 'too-many-running';
    RETURN;
  END IF;
  from_subscription := least(account.available_subscription, p_amount);
  from_on_demand := p_amount - from_subscription;
  UPDATE accounts SET
    available_subscription = available_subscription - from_subscription,
    available_on_demand = available_on_demand - from_on_demand,
    held_subscription = held_subscription + from_subscription,
    held_on_demand = held_on_demand + from_on_demand,
    active_jobs = active_jobs + 1
  WHERE id = p_account;
  INSERT INTO ledger_entries (account_id, job_id, kind, subscription, on_demand, reason)
  VALUES (p_account, p_job, 'hold', from_subscription, from_on_demand, p_reason);
END $$;
--> statement-breakpoint

-- Ends a hold: spent when the job succeeded, otherwise back to the buckets it came from.
CREATE FUNCTION end_hold(p_job jobs, p_settled boolean, p_reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accounts SET
    held_subscription = held_subscription - p_job.held_subscription,
    held_on_demand = held_on_demand - p_job.held_on_demand,
    spent = spent + CASE WHEN p_settled THEN p_job.price ELSE 0 END,
    available_subscription = available_subscription + CASE WHEN p_settled THEN 0 ELSE p_job.held_subscription END,
    available_on_demand = available_on_demand + CASE WHEN p_settled THEN 0 ELSE p_job.held_on_demand END,
    active_jobs = active_jobs - 1
  WHERE id = p_job.account_id;
  INSERT INTO ledger_entries (account_id, job_id, kind, subscription, on_demand, reason)
  VALUES (p_job.account_id, p_job.id, CASE WHEN p_settled THEN 'settle' ELSE 'release' END,
    p_job.held_subscription, p_job.held_on_demand, p_reason);
END $$;
--> statement-breakpoint

-- The row on which a request and its retry meet. An insert waits for an uncommitted twin, so a retry that arrives
-- while the first request is in flight learns here how that one ended.
CREATE FUNCTION reserve_submission(
  p_key uuid, p_fingerprint text, p_content_hash text, p_may_repeat boolean, p_window interval, p_job uuid,
  OUT outcome text, OUT earlier_job uuid
) LANGUAGE plpgsql AS $$
DECLARE
  earlier submissions%ROWTYPE;
BEGIN
  LOOP
    INSERT INTO submissions (key_id, fingerprint, content_hash, job_id, expires_at)
    VALUES (p_key, p_fingerprint, p_content_hash, p_job, now() + p_window)
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
      outcome := 'new';
      RETURN;
    END IF;
    SELECT * INTO earlier FROM submissions
    WHERE key_id = p_key AND fingerprint = p_fingerprint FOR UPDATE;
    -- Not found: swept in between, so insert again.
    EXIT WHEN FOUND;
  END LOOP;
  IF p_may_repeat AND earlier.created_at > now() - p_window THEN
    outcome := CASE WHEN earlier.content_hash = p_content_hash THEN 'repeated' ELSE 'repeat-mismatch' END;
    earlier_job := earlier.job_id;
    RETURN;
  END IF;
  -- Left as it is until the job is accepted, so that a refused request does not hide the accepted one before it.
  outcome := 'again';
END $$;
--> statement-breakpoint

-- Takes a job in: repeat guard, hold, job row, inputs. One statement, one commit.
-- `p_reservation` is what reserve_submission answered earlier in this transaction, or null when it was not asked yet.
CREATE FUNCTION submit_job(
  p_job uuid, p_account uuid, p_key uuid, p_dialect text, p_operation text, p_request jsonb, p_price bigint,
  p_delivery text, p_output_format text, p_webhook_url text, p_job_limit integer, p_time_limit interval,
  p_fingerprint text, p_content_hash text, p_may_repeat boolean, p_window interval,
  p_inputs jsonb, p_reservation text,
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
  INSERT INTO jobs (id, account_id, key_id, dialect, operation, request, price, held_subscription, held_on_demand,
    delivery, output_format, webhook_url, deadline)
  VALUES (p_job, p_account, p_key, p_dialect, p_operation, p_request, p_price, hold.from_subscription, hold.from_on_demand,
    p_delivery, p_output_format, p_webhook_url, now() + p_time_limit);
  IF p_inputs IS NOT NULL THEN
    INSERT INTO inputs (storage_key, job_id, bytes, expires_at)
    SELECT staged.key, p_job, staged.bytes, now() + p_time_limit + interval '1 hour'
    FROM jsonb_to_recordset(p_inputs) AS staged(key text, bytes bigint);
  END IF;
  outcome := 'accepted';
END $$;
--> statement-breakpoint

-- Writes what an attempt came to. `p_record` carries engine, runs, moderation, timings, and so on.
CREATE FUNCTION close_attempt(p_job uuid, p_number integer, p_outcome text, p_failure jsonb, p_record jsonb)
RETURNS void LANGUAGE sql AS $$
  UPDATE attempts SET
    ended_at = now(), outcome = p_outcome, failure = p_failure,
    engine = p_record->>'engine', engine_version = p_record->>'engineVersion', runs = p_record->'runs',
    moderation = p_record->'moderation', timings = p_record->'timings',
    warnings = ARRAY(SELECT jsonb_array_elements_text(coalesce(p_record->'warnings', '[]')))
  WHERE job_id = p_job AND number = p_number;
$$;
--> statement-breakpoint

-- Brings a job to its terminal state: state, settlement, outputs, end of inputs, webhook. Answers the state it reached,
-- which is `canceled` when a cancel was asked for in time, or null when the caller no longer holds the job:
-- it has ended already, or a later attempt has taken it over.
CREATE FUNCTION end_job(
  p_job uuid, p_from text, p_attempt integer, p_status text, p_failure jsonb, p_warnings text[],
  p_artifacts jsonb, p_record jsonb, p_expires_at timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  job jobs%ROWTYPE;
  reached text;
BEGIN
  SELECT * INTO job FROM jobs WHERE id = p_job AND status = p_from AND attempt = p_attempt FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  reached := CASE WHEN job.cancel_requested_at IS NULL THEN p_status ELSE 'canceled' END;
  UPDATE jobs SET
    status = reached, ended_at = now(), expires_at = p_expires_at, lease_until = NULL,
    failure = CASE WHEN reached = 'failed' THEN p_failure END,
    warnings = CASE WHEN reached = 'succeeded' THEN p_warnings ELSE '{}' END,
    charged = CASE WHEN reached = 'succeeded' THEN job.price ELSE 0 END
  WHERE id = p_job;
  PERFORM end_hold(job, reached = 'succeeded', job.operation);
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
  RETURN reached;
END $$;
--> statement-breakpoint

-- Gives a running job back to the queue. `p_counts` is false where the attempt is not to blame (a draining worker).
-- A cancel that was asked for meanwhile ends the job instead. Answers false when the caller no longer holds the job.
CREATE FUNCTION requeue_job(
  p_job uuid, p_attempt integer, p_outcome text, p_counts boolean, p_delay interval, p_failure jsonb, p_record jsonb,
  p_expires_at timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  job jobs%ROWTYPE;
BEGIN
  SELECT * INTO job FROM jobs WHERE id = p_job AND status = 'running' AND attempt = p_attempt FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF job.cancel_requested_at IS NOT NULL THEN
    RETURN end_job(p_job, 'running', p_attempt, 'canceled', NULL, '{}', '[]', p_record, p_expires_at);
  END IF;
  UPDATE jobs SET
    status = 'queued', not_before = now() + p_delay, lease_until = NULL, progress = 0,
    tries = tries + CASE WHEN p_counts THEN 1 ELSE 0 END
  WHERE id = p_job;
  PERFORM close_attempt(p_job, p_attempt, p_outcome, p_failure, p_record);
  RETURN 'queued';
END $$;
--> statement-breakpoint

-- Takes up the jobs of workers that stopped renewing their lease. A job that has used up its tries this way fails,
-- so that a picture which kills its worker does not do so for ever.
CREATE FUNCTION recover_lost_jobs(p_most_tries integer, p_failure jsonb, p_expires_at timestamptz)
RETURNS TABLE (job_id uuid, state text) LANGUAGE plpgsql AS $$
DECLARE
  lost record;
BEGIN
  FOR lost IN
    SELECT id, attempt, tries FROM jobs WHERE status = 'running' AND lease_until < now()
    ORDER BY lease_until LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED
  LOOP
    job_id := lost.id;
    IF lost.tries + 1 >= p_most_tries THEN
      state := end_job(lost.id, 'running', lost.attempt, 'failed', p_failure, '{}', '[]', '{}', p_expires_at);
    ELSE
      state := requeue_job(lost.id, lost.attempt, 'lost', true, interval '0', NULL, '{}', p_expires_at);
    END IF;
    RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint

-- A queued job ends at once; a running one is marked, and its worker told outside of this transaction.
-- Answers `canceled`, `requested`, or null when there is nothing to cancel.
CREATE FUNCTION cancel_job(p_account uuid, p_job uuid, p_expires_at timestamptz)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  job jobs%ROWTYPE;
BEGIN
  SELECT * INTO job FROM jobs WHERE id = p_job AND account_id = p_account FOR NO KEY UPDATE;
  IF job.status = 'queued' THEN
    RETURN end_job(p_job, 'queued', job.attempt, 'canceled', NULL, '{}', '[]', '{}', p_expires_at);
  END IF;
  IF job.status = 'running' THEN
    UPDATE jobs SET cancel_requested_at = coalesce(cancel_requested_at, now()) WHERE id = p_job;
    RETURN 'requested';
  END IF;
  RETURN NULL;
END $$;
