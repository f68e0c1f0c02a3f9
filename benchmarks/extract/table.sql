-- 16 mixed columns, about 200 bytes of CSV a row, deterministic. :rows rows.
CREATE UNLOGGED TABLE orders AS
SELECT i::bigint AS id,
       'ORD-' || lpad(to_hex(hashint8(i)), 8, '0') || '-' || i AS ext_id,
       (ARRAY['Zoë','Łukasz','Анна','李','Maria','John','Aisha','Olu'])[1 + abs(hashint8(i + 1)) % 8] AS first_name,
       CASE WHEN h % 20 = 0 THEN 'Smith, Jr.' ELSE 'Name' || abs(hashint8(i + 2)) % 100000 END AS last_name,
       CASE WHEN h % 12 = 0 THEN NULL ELSE 'u' || abs(hashint8(i + 3)) || '@example.com' END AS email,
       CASE WHEN h % 3 = 0 THEN NULL ELSE '+' || 10000000000 + abs(hashint8(i + 4)) END AS phone,
       CASE WHEN h % 10 = 0 THEN NULL WHEN h % 8 = 0 THEN 'Flat ' || h % 99 || E'\n' || h % 999 || ' High Street'
            ELSE h % 999 || ' High Street, Block ' || h % 26 END AS street,
       (ARRAY['München','Paris','São Paulo','København','Oslo','Lima'])[1 + h % 6] AS city,
       (abs(hashint8(i + 5)) % 100000000 / 100.0)::numeric(18,2) AS balance,
       CASE WHEN h % 4 = 0 THEN NULL ELSE (abs(hashint8(i + 6)) % 10000000 / 10000.0)::numeric(9,4) END AS score,
       CASE WHEN h % 5 = 0 THEN NULL ELSE date '1940-01-01' + h % 25000 END AS birth_date,
       timestamp '2015-01-01' + abs(hashint8(i + 7)) * interval '150 ms' AS created_at,
       CASE WHEN h % 3 = 0 THEN NULL ELSE timestamp '2019-01-01' + abs(hashint8(i + 8)) * interval '70 ms' END AS updated_at,
       h % 2 = 0 AS active,
       abs(hashint8(i + 9)) % 5000 AS owner_id,
       CASE WHEN h % 3 > 0 THEN NULL ELSE 'Said "' || md5(i::text) || '", then left.' END AS notes
FROM (SELECT i, abs(hashint8(i)) AS h FROM generate_series(1, :rows) AS i) AS g;
ALTER TABLE orders ADD PRIMARY KEY (id);
CREATE UNLOGGED TABLE orders_1x AS SELECT * FROM orders WHERE id <= :rows / 10;
CREATE UNLOGGED TABLE orders_4x AS SELECT * FROM orders WHERE id <= :rows * 4 / 10;
ALTER TABLE orders_1x ADD PRIMARY KEY (id);
ALTER TABLE orders_4x ADD PRIMARY KEY (id);
VACUUM ANALYZE orders, orders_1x, orders_4x;
