SELECT
    CAST($days AS INTEGER) AS days,
    coalesce(min(day), $as_of) AS first_day,
    CAST($as_of AS DATE) AS last_day,
    count(customer_ref) AS contacts,
    count(*) - count(customer_ref) AS without_customer
FROM records
WHERE day > $after AND day <= $as_of AND counted
