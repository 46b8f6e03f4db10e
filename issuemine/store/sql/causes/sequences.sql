-- Which topics follow which: for a topic and a later one, contacts of the later one by customers who had
-- written of the earlier one in the days before (after), by customers who had written just as often but not of
-- it (otherwise), and how many of each the later topic's daily shares lead to expect. How often is the number
-- of contacts in the days before, in powers of two. A contact that speaks of the earlier topic again counts on
-- neither side. Only pairs with enough contacts are told, each with its reverse; tests is how many there could
-- have been.
WITH contacts AS MATERIALIZED (
    SELECT
        record_id, customer_ref, day, epoch_us(created_at) AS at, coalesce(language, '') AS language,
        rank() OVER (PARTITION BY customer_ref ORDER BY epoch_us(created_at)) AS earliest,
        row_number() OVER (PARTITION BY customer_ref ORDER BY epoch_us(created_at), record_id) AS place,
        count(*) OVER (
            PARTITION BY customer_ref ORDER BY epoch_us(created_at)
            RANGE BETWEEN CAST($days AS BIGINT) * 86400000000 PRECEDING AND 1 PRECEDING
        ) AS before,
        count(*) OVER (PARTITION BY coalesce(language, ''), day) AS of_day,
        count(*) OVER (PARTITION BY coalesce(language, ''), date_trunc('week', day)) AS of_week
    FROM records
    WHERE customer_ref IS NOT NULL AND day > $after AND day <= $as_of AND counted
),
-- Days with few contacts tell no share: they are pooled into weeks, and these into one.
placed AS MATERIALIZED (
    SELECT
        * EXCLUDE (of_day, of_week, day),
        language || CASE
            WHEN of_day >= $least_contacts THEN CAST(day AS VARCHAR)
            WHEN of_week >= $least_contacts THEN 'w' || CAST(date_trunc('week', day) AS VARCHAR)
            ELSE ''
        END AS block,
        CAST(floor(log2(greatest(before, 1))) AS INTEGER) AS often
    FROM contacts
),
told AS MATERIALIZED (
    SELECT DISTINCT m.record_id, a.topic_id
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    SEMI JOIN placed USING (record_id)
),
-- In billionths: whole numbers, whose sum does not depend on the order of threads.
shares AS MATERIALIZED (
    SELECT block, topic_id, CAST(round(1e9 * count(*) / any_value(b.contacts)) AS BIGINT) AS share
    FROM told
    JOIN placed USING (record_id)
    JOIN (SELECT block, count(*) AS contacts FROM placed GROUP BY block) AS b USING (block)
    GROUP BY block, topic_id
),
-- Contacts of customers who wrote in the days before; very many are a shared account's.
later AS MATERIALIZED (
    SELECT * FROM placed WHERE before BETWEEN 1 AND $most_contacts
),
earlier AS MATERIALIZED (
    SELECT l.record_id, t.topic_id, max(p.at) AS last_at
    FROM (SELECT record_id, customer_ref, unnest(range(earliest - before, earliest)) AS place FROM later) AS l
    JOIN placed AS p USING (customer_ref, place)
    JOIN told AS t ON t.record_id = p.record_id
    GROUP BY l.record_id, t.topic_id
),
exposed AS MATERIALIZED (
    SELECT e.record_id, e.topic_id, (l.at - e.last_at) / 86400e6 AS days, l.customer_ref, l.language, l.block, l.often
    FROM earlier AS e
    ANTI JOIN told AS t ON t.record_id = e.record_id AND t.topic_id = e.topic_id
    JOIN later AS l ON l.record_id = e.record_id
),
again AS MATERIALIZED (
    SELECT t.topic_id, t.record_id, l.language, l.block, l.often FROM told AS t JOIN later AS l USING (record_id)
),
pairs AS MATERIALIZED (
    SELECT e.topic_id, t.topic_id AS next_id, e.often, e.customer_ref, e.days
    FROM exposed AS e
    JOIN told AS t ON t.record_id = e.record_id
),
enough AS (
    SELECT topic_id, next_id FROM pairs GROUP BY topic_id, next_id HAVING count(*) >= $least
),
candidates AS MATERIALIZED (
    SELECT topic_id, next_id FROM enough UNION SELECT next_id, topic_id FROM enough
),
expected_all AS (
    SELECT s.topic_id AS next_id, n.often, sum(n.contacts * s.share)::DOUBLE / 1e9 AS expected
    FROM (SELECT block, often, count(*) AS contacts FROM later GROUP BY block, often) AS n
    JOIN shares AS s USING (block)
    GROUP BY s.topic_id, n.often
),
expected_of AS (
    SELECT
        c.topic_id, c.next_id, n.often,
        sum(n.after * s.share)::DOUBLE / 1e9 AS after,
        sum(n.again * s.share)::DOUBLE / 1e9 AS again
    FROM candidates AS c
    JOIN (
        SELECT
            topic_id, block, often,
            count(*) FILTER (WHERE after) AS after,
            count(*) FILTER (WHERE NOT after) AS again
        FROM (
            SELECT topic_id, block, often, true AS after FROM exposed
            UNION ALL
            SELECT topic_id, block, often, false FROM again
        )
        GROUP BY topic_id, block, often
    ) AS n USING (topic_id)
    JOIN shares AS s ON s.block = n.block AND s.topic_id = c.next_id
    GROUP BY c.topic_id, c.next_id, n.often
),
observed_all AS (
    SELECT topic_id AS next_id, often, count(*) AS contacts FROM again GROUP BY topic_id, often
),
observed AS (
    SELECT topic_id, next_id, often, count(*) AS contacts FROM pairs GROUP BY topic_id, next_id, often
),
observed_both AS (
    SELECT a.topic_id, b.topic_id AS next_id, a.often, count(*) AS contacts
    FROM again AS a
    JOIN again AS b ON b.record_id = a.record_id AND b.topic_id <> a.topic_id
    GROUP BY a.topic_id, b.topic_id, a.often
),
-- Contacts of one customer are not as many independent ones.
people AS (
    SELECT
        topic_id, next_id, count(*) AS customers, sum(contacts * contacts) / sum(contacts) AS weight
    FROM (
        SELECT topic_id, next_id, customer_ref, count(*) AS contacts
        FROM pairs
        GROUP BY topic_id, next_id, customer_ref
    )
    GROUP BY topic_id, next_id
),
lags AS (
    SELECT topic_id, next_id, quantile_cont(days, [0.25, 0.5, 0.75]) AS days
    FROM pairs
    GROUP BY topic_id, next_id
),
writers AS (
    SELECT t.topic_id, count(DISTINCT p.customer_ref) AS customers
    FROM told AS t
    JOIN placed AS p USING (record_id)
    GROUP BY t.topic_id
),
-- Of pairs that chance hardly ever brings together once, none can reach the least number by chance: they are
-- no tests. Margins alone say which (Bourgon, Gentleman and Huber, PNAS 107, 2010, p. 9546).
possible AS (
    SELECT count(*) AS tests
    FROM (
        SELECT e.topic_id, n.topic_id AS next_id
        FROM (SELECT topic_id, language, count(*) AS contacts FROM exposed GROUP BY ALL) AS e
        JOIN (SELECT topic_id, language, count(*) AS contacts FROM again GROUP BY ALL) AS n
            ON n.language = e.language AND n.topic_id <> e.topic_id
        JOIN (SELECT language, count(*) AS contacts FROM later GROUP BY language) AS l
            ON l.language = e.language
        GROUP BY e.topic_id, n.topic_id
        HAVING sum(e.contacts * n.contacts / l.contacts) >= 1
    )
)
SELECT
    c.topic_id, c.next_id, a.often,
    coalesce(o.contacts, 0) AS after,
    coalesce(x.after, 0) AS expected_after,
    coalesce(t.contacts, 0) - coalesce(o.contacts, 0) - coalesce(b.contacts, 0) AS otherwise,
    greatest(a.expected - coalesce(x.after, 0) - coalesce(x.again, 0), 0) AS expected_otherwise,
    coalesce(p.customers, 0) AS customers,
    coalesce(p.weight, 1) AS weight,
    w.customers AS first_customers,
    coalesce(l.days, [0.0, 0.0, 0.0]) AS days,
    possible.tests
FROM candidates AS c
JOIN expected_all AS a ON a.next_id = c.next_id
LEFT JOIN expected_of AS x ON x.topic_id = c.topic_id AND x.next_id = c.next_id AND x.often = a.often
LEFT JOIN observed AS o ON o.topic_id = c.topic_id AND o.next_id = c.next_id AND o.often = a.often
LEFT JOIN observed_all AS t ON t.next_id = c.next_id AND t.often = a.often
LEFT JOIN observed_both AS b ON b.topic_id = c.topic_id AND b.next_id = c.next_id AND b.often = a.often
LEFT JOIN people AS p ON p.topic_id = c.topic_id AND p.next_id = c.next_id
LEFT JOIN lags AS l ON l.topic_id = c.topic_id AND l.next_id = c.next_id
LEFT JOIN writers AS w ON w.topic_id = c.topic_id
CROSS JOIN possible
ORDER BY c.topic_id, c.next_id, a.often
