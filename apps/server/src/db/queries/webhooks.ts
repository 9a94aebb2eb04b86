import type { QueryConfig } from 'pg';

/**
 * Takes up to `most` deliveries that are due. Until `leaseSeconds` are over no one else takes them;
 * after that their sender is taken for dead.
 */
export const claimDeliveries = (most: number, leaseSeconds: number): QueryConfig => ({
  name: 'claim-deliveries',
  text: `with due as materialized (
      select id from webhook_deliveries
      where delivered_at is null and abandoned_at is null and next_try_at <= now()
      order by next_try_at limit $1 for no key update skip locked
    ), taken as (
      update webhook_deliveries set tries = tries + 1, next_try_at = now() + $2::float8 * interval '1 second'
      from due where webhook_deliveries.id = due.id
      returning webhook_deliveries.id, job_id, account_id, dialect, url, tries, endpoint_id
    )
    select taken.*, receiver.sealed_secret from taken
    left join webhook_endpoints receiver on receiver.id = taken.endpoint_id`,
  values: [most, leaseSeconds],
});

export type DeliveryEnd =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'again'; readonly delaySeconds: number };

/** `tries` is the fence: a sender that was taken for dead has no say any more. */
export const endDelivery = (
  deliveryId: string,
  tries: number,
  end: DeliveryEnd,
  result: string,
): QueryConfig => ({
  name: 'end-delivery',
  text: `update webhook_deliveries set
      delivered_at = case $3 when 'delivered' then now() end,
      abandoned_at = case $3 when 'abandoned' then now() end,
      next_try_at = now() + $4::float8 * interval '1 second',
      last_result = $5
    where id = $1 and tries = $2 and delivered_at is null and abandoned_at is null`,
  values: [deliveryId, tries, end.kind, end.kind === 'again' ? end.delaySeconds : 0, result],
});
