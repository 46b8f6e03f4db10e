-- A made-up history: 1,000,000 mentions of 800,000 records, 500 topics of very different sizes, three years.
-- Every value is drawn by hashing the row's number with a salt, so that each build gives the same rows.
CREATE MACRO draw(number, salt, many) AS CAST(hash(number, salt) % many AS INTEGER);
CREATE MACRO likely(number, salt, share) AS (hash(number, salt) % 1000003) / 1000003.0 < share;
CREATE MACRO word(number) AS
    ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'ki', 'lo', 'mi', 'ne', 'pa', 'ro', 'su', 'ta', 've', 'zo'][1 + number % 16]
    || ['lan', 'mer', 'nit', 'por', 'ril', 'sen', 'tar', 'vex'][1 + number // 16 % 8]
    || ['', 'ing', 'ed', 'er', 'a', 'o', 'is', 'um'][1 + number // 128 % 8]
    || CASE WHEN number // 1024 = 0 THEN '' ELSE CAST(number // 1024 AS VARCHAR) END;
CREATE MACRO korean(number) AS
    ['결제', '환불', '로그인', '배송', '화면', '오류', '인증', '계정', '주문', '상품', '앱', '알림', '쿠폰', '회원', '문의', '접속'][1 + number % 16]
    || ['번호', '내역', '지연', '실패', '변경', '취소', '확인', '정보'][1 + number // 16 % 8]
    || CAST(number // 128 AS VARCHAR);

-- 10,000 places shared out among 500 topics: the first has about 1.5 % of the mentions, the last 0.07 %.
CREATE TEMP TABLE shares AS
WITH weighed AS (
    SELECT t AS topic, sum(pow(t + 10, -0.8)) OVER (ORDER BY t) / sum(pow(t + 10, -0.8)) OVER () AS upto
    FROM range(1, 501) AS topics(t)
)
SELECT p AS place, (SELECT min(topic) FROM weighed WHERE upto >= (p + 0.5) / 10000) AS topic
FROM range(10000) AS places(p);

CREATE TEMP TABLE drawn AS
SELECT
    i,
    'x' || lpad(CAST(i AS VARCHAR), 9, '0') AS record_id,
    first.topic AS topic,
    second.topic AS second_topic,
    i % 4 = 3 AS two,
    -- More records toward the end; fewer at weekends.
    DATE '2023-07-01' + CAST(floor(1096 * pow(draw(i, 'day', 1000000) / 1000000.0, 0.8)) AS INTEGER) AS day,
    CASE WHEN first.topic % 10 < 7 THEN 'en' ELSE 'ko' END AS language
FROM range($records) AS numbers(i)
JOIN shares AS first ON first.place = draw(i, 'topic', 10000)
JOIN shares AS second ON second.place = draw(i, 'second', 10000);

CREATE TEMP TABLE spoken AS
SELECT
    record_id, ordinal, language, topic, day, i,
    list_aggregate(
        list_transform(
            range(14),
            lambda k: CASE
                WHEN language = 'en' AND k % 3 = 0 THEN word(topic * 20 + draw(i * 32 + ordinal * 16 + k, 'own', 12))
                WHEN language = 'en' THEN word(draw(i * 32 + ordinal * 16 + k, 'any', 3000))
                WHEN k % 3 = 0 THEN korean(topic * 20 + draw(i * 32 + ordinal * 16 + k, 'own', 12))
                ELSE korean(draw(i * 32 + ordinal * 16 + k, 'any', 3000))
            END
        ),
        'string_agg', ' '
    ) || '.' AS text
FROM (
    SELECT i, record_id, day, language, topic, 0 AS ordinal FROM drawn
    UNION ALL
    SELECT i, record_id, day, language, second_topic, 1 FROM drawn WHERE two
);

INSERT INTO records BY NAME
SELECT
    d.record_id,
    ['desk', 'chat', 'survey'][1 + least(draw(i, 'source', 5), 2)] AS source,
    'e' || d.i AS external_id,
    CAST(d.day AS TIMESTAMPTZ) + to_minutes(draw(i, 'minute', 1440)) AS created_at,
    ['ticket', 'chat', 'survey'][1 + least(draw(i, 'source', 5), 2)] AS kind,
    ['email', 'web', 'app', 'phone', 'chat'][1 + draw(i, 'channel', 5)] AS channel,
    d.language,
    ['Wallet', 'Card', 'Loan', 'Shop', 'Travel', 'Cloud'][1 + draw(i, 'product', 6)] AS product,
    '4.' || draw(i, 'version', 24) AS version,
    CASE WHEN likely(i, 'platform', 0.8) THEN ['ios', 'android', 'web'][1 + draw(i, 'which', 3)] END AS platform,
    ['free', 'plus', 'team', 'business'][1 + draw(i, 'plan', 4)] AS plan,
    ['eu', 'us', 'kr', 'jp', 'in', 'br', 'uk', 'au'][1 + draw(i, 'region', 8)] AS region,
    CASE WHEN likely(i, 'stage', 0.5) THEN ['trial', 'onboarding', 'use', 'renewal'][1 + draw(i, 'at', 4)] END
        AS journey_stage,
    ['open', 'pending', 'solved', 'closed'][1 + draw(i, 'status', 4)] AS status,
    ['low', 'normal', 'high', 'urgent'][1 + draw(i, 'priority', 4)] AS priority,
    'c' || draw(i, 'customer', 200000) AS customer_ref,
    [] AS tags,
    MAP {
        'country': ['DE', 'FR', 'US', 'KR', 'JP', 'IN', 'BR', 'GB', 'AU', 'ES'][1 + draw(i, 'country', 10)],
        'team': 'team ' || draw(i, 'team', 12)
    } AS attributes,
    CASE WHEN likely(i, 'scored', 0.3) THEN 1.0 + draw(i, 'csat', 5) END AS csat,
    t.text,
    md5(t.text) AS content_hash,
    [] AS boilerplate,
    MAP {} AS redactions,
    d.day,
    false AS pending,
    true AS counted
FROM drawn AS d
JOIN (SELECT record_id, string_agg(text, ' ' ORDER BY ordinal) AS text FROM spoken GROUP BY record_id) AS t
    USING (record_id);

INSERT INTO mentions BY NAME
SELECT
    record_id || '-' || ordinal AS mention_id,
    record_id,
    ordinal,
    CASE ordinal WHEN 0 THEN 0 ELSE length(r.text) - length(s.text) END AS "start",
    CASE ordinal WHEN 0 THEN length(s.text) ELSE length(r.text) END AS "end",
    s.text,
    md5(record_id || s.text) AS text_hash,
    s.language,
    [] AS tokens,
    s.day,
    'model' AS space,
    true AS settled
FROM spoken AS s
JOIN (SELECT record_id, text FROM records) AS r USING (record_id);

-- One in twenty belongs to no topic.
INSERT INTO assignments
SELECT record_id || '-' || ordinal, 'T' || topic, CAST(0.5 + draw(i, 'near', 4500) / 10000.0 AS FLOAT)
FROM spoken
WHERE NOT likely(i * 2 + ordinal, 'none', 0.05);
INSERT INTO members SELECT mention_id, topic_id FROM assignments;

INSERT INTO topics BY NAME
WITH quoted AS (
    SELECT
        a.topic_id,
        list({
            'mention_id': m.mention_id, 'record_id': m.record_id, 'start': m."start", 'end': m."end",
            'text': m.text, 'similarity': CAST(a.similarity AS DOUBLE)
        } ORDER BY a.similarity DESC, m.mention_id)[1:5] AS quotes
    FROM assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE a.similarity > 0.93
    GROUP BY a.topic_id
)
SELECT
    'T' || t AS topic_id,
    'model' AS space,
    upper(word(t * 20 + 1)) || ' ' || word(t * 20 + 2) || ' ' || word(t * 20 + 3) AS label,
    list_transform(range(10), lambda k: {'word': word(t * 20 + k), 'weight': 1.0 / (k + 1)}) AS keywords,
    coalesce(q.quotes, []) AS quotes,
    MAP {
        'problem': 0.4 + draw(t, 'intent', 40) / 100.0, 'request': 0.1, 'question': 0.05, 'churn': 0.03,
        'praise': 0.01, 'other': 0.01
    } AS intents,
    t % 25 = 0 AS hidden,
    'r00001' AS born_run,
    'r00001' AS named_run,
    false AS retired,
    0.8 AS stability
FROM range(1, 501) AS topics(t)
LEFT JOIN quoted AS q ON q.topic_id = 'T' || t;

INSERT INTO topic_labels SELECT 'r00001', DATE '2024-01-01', topic_id, label || ' ' || label FROM topics;
INSERT INTO topic_labels SELECT 'r00001', DATE '2026-01-01', topic_id, label FROM topics;
INSERT INTO lineage SELECT 'r00001', DATE '2024-01-01', 'born', topic_id, NULL, 100, 1.0 FROM topics;
INSERT INTO topic_links
SELECT
    'T' || t, 'T' || (1 + draw(t * 3 + k, 'link', 500)), 0.3 + k / 10.0,
    [{'term': word(t * 20), 'other_term': word(t * 20 + 1)}]
FROM range(1, 501) AS topics(t), range(3) AS links(k);
INSERT INTO topic_states SELECT topic_id, 'ongoing', DATE '2026-01-01', 'steady', NULL, NULL, NULL FROM topics;
INSERT INTO topic_places SELECT 1, topic_id, draw(topic_id, 'x', 1000) / 1000.0, draw(topic_id, 'y', 1000) / 1000.0 FROM topics;

-- For the vectors, which are drawn around the centre of each mention's topic; dropped when they are.
CREATE TABLE spoken_hashes AS
SELECT md5(record_id || text) AS text_hash, topic FROM spoken;
