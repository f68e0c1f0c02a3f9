-- A sales history as an Oracle application would hold it. Every value follows from the row's number,
-- so each run of the demo moves the same rows. Among them are rows that cannot go: they are listed where the demo checks its outcome.
-- All but SYSTEM_RANGE is Oracle's SQL.

CREATE TABLE COUNTRIES (
  COUNTRY_ID        NUMBER(10)   NOT NULL PRIMARY KEY,
  COUNTRY_ISO_CODE  CHAR(2)      NOT NULL,
  COUNTRY_NAME      VARCHAR2(40) NOT NULL,
  COUNTRY_REGION    VARCHAR2(20) NOT NULL
);
INSERT INTO COUNTRIES VALUES
  (52769, 'SG', 'Singapore', 'Asia'), (52770, 'IT', 'Italia', 'Europe'), (52771, 'CN', '中国', 'Asia'),
  (52772, 'CZ', 'Česko', 'Europe'), (52773, 'BR', 'Brasil', 'Americas'), (52774, 'AU', 'Australia', 'Oceania'),
  (52775, 'ES', 'España', 'Europe'), (52776, 'DE', 'Deutschland', 'Europe'), (52777, 'DK', 'Danmark', 'Europe'),
  (52778, 'CI', 'Côte d''Ivoire', 'Africa'), (52779, 'FR', 'France', 'Europe'), (52780, 'TR', 'Türkiye', 'Asia'),
  (52781, 'IN', 'भारत', 'Asia'), (52782, 'JP', '日本', 'Asia'), (52783, 'GR', 'Ελλάδα', 'Europe'),
  (52784, 'NL', 'Nederland', 'Europe'), (52785, 'NZ', 'Aotearoa, New Zealand', 'Oceania'), (52786, 'PL', 'Polska', 'Europe'),
  (52787, 'SA', 'العربية السعودية', 'Asia'), (52788, 'UA', 'Україна', 'Europe'), (52789, 'GB', 'United Kingdom', 'Europe'),
  (52790, 'US', 'United States', 'Americas'), (52791, 'ZA', 'South Africa', 'Africa');

CREATE TABLE CHANNELS (
  CHANNEL_ID    NUMBER(3)    NOT NULL PRIMARY KEY,
  CHANNEL_DESC  VARCHAR2(20) NOT NULL,
  CHANNEL_CLASS VARCHAR2(20) NOT NULL
);
INSERT INTO CHANNELS VALUES
  (1, 'Direct Sales', 'Direct'), (2, 'Tele Sales', 'Direct'), (3, 'Catalog', 'Indirect'),
  (4, 'Internet', 'Indirect'), (5, 'Partners', 'Others');

CREATE TABLE PRODUCTS (
  PROD_ID          NUMBER(6)     NOT NULL PRIMARY KEY,
  PROD_NAME        VARCHAR2(400) NOT NULL,
  PROD_DESC        VARCHAR2(1000),
  PROD_CATEGORY    VARCHAR2(50)  NOT NULL,
  PROD_LIST_PRICE  NUMBER(8, 2)  NOT NULL
);
INSERT INTO PRODUCTS
SELECT X,
  CASE WHEN X > 700 THEN RPAD('Endless ', 300, 'long ') ELSE 'Product "' || X || '", édition ' || (1 + MOD(X, 9)) END,
  CASE WHEN MOD(X, 3) = 0 THEN NULL ELSE 'First line' || CHR(10) || 'second, with a "quote"' END,
  CASE MOD(X, 4) WHEN 0 THEN 'Hardware' WHEN 1 THEN 'Software/Other' WHEN 2 THEN 'Photo' ELSE 'Peripherals' END,
  5 + MOD(X * 7919, 99000) / 100.0
FROM SYSTEM_RANGE(1, 703);

CREATE TABLE PROMOTIONS (
  PROMO_ID          NUMBER(6)     NOT NULL PRIMARY KEY,
  PROMO_NAME        VARCHAR2(30)  NOT NULL,
  PROMO_CATEGORY    VARCHAR2(30)  NOT NULL,
  PROMO_COST        NUMBER(10, 2) NOT NULL,
  PROMO_BEGIN_DATE  DATE          NOT NULL,
  PROMO_END_DATE    DATE          NOT NULL
);
INSERT INTO PROMOTIONS
SELECT X, 'promotion #' || X || ', ' || CASE MOD(X, 3) WHEN 0 THEN 'radio' WHEN 1 THEN 'TV' ELSE 'post' END,
  CASE MOD(X, 3) WHEN 0 THEN 'radio' WHEN 1 THEN 'TV' ELSE 'post' END,
  MOD(X * 104729, 10000000) / 100.0,
  DATE '1998-01-01' + MOD(X * 37, 1400), DATE '1998-01-01' + (MOD(X * 37, 1400) + 30)
FROM SYSTEM_RANGE(1, 500);

CREATE TABLE CUSTOMERS (
  CUST_ID             NUMBER(10)   NOT NULL PRIMARY KEY,
  CUST_CODE           VARCHAR2(20),
  CUST_LAST_NAME      VARCHAR2(60) NOT NULL,
  CUST_STREET         VARCHAR2(80),
  CUST_CITY           VARCHAR2(30) NOT NULL,
  COUNTRY_ID          NUMBER(10)   NOT NULL REFERENCES COUNTRIES,
  CUST_EMAIL          VARCHAR2(60),
  CUST_CREDIT_LIMIT   NUMBER(10, 2),
  CUST_SINCE          DATE         NOT NULL
);
INSERT INTO CUSTOMERS
SELECT X,
  CASE WHEN X BETWEEN 49991 AND 49993 THEN NULL WHEN X BETWEEN 49994 AND 49995 THEN 'C0TWICE' ELSE 'C' || LPAD(X, 7, '0') END,
  CASE MOD(X, 5) WHEN 0 THEN 'Müller' WHEN 1 THEN 'O''Brien' WHEN 2 THEN 'Nguyễn' WHEN 3 THEN 'García, hijos' ELSE 'Smith' END || ' ' || X,
  CASE WHEN MOD(X, 10) = 0 THEN NULL ELSE X || ' Rue de l''Église' || CASE WHEN MOD(X, 8) = 0 THEN CHR(10) || '2nd floor' ELSE '' END END,
  CASE MOD(X, 3) WHEN 0 THEN 'Zürich' WHEN 1 THEN 'São Paulo' ELSE 'Kyoto' END,
  52769 + MOD(X, 23),
  CASE WHEN X BETWEEN 49901 AND 49912 THEN 'nobody(at)nowhere' WHEN MOD(X, 4) = 0 THEN NULL ELSE 'c' || X || '@example.com' END,
  CASE WHEN MOD(X, 6) = 0 THEN NULL ELSE 1500 + MOD(X * 31, 1350000) / 100.0 END,
  DATE '1998-01-01' - MOD(X, 9000)
FROM SYSTEM_RANGE(1, 50000);

CREATE TABLE SALES (
  SALE_ID       NUMBER(12)    NOT NULL PRIMARY KEY,
  PROD_ID       NUMBER(6)     NOT NULL,
  CUST_CODE     VARCHAR2(20),
  CHANNEL_ID    NUMBER(3)     NOT NULL,
  PROMO_ID      NUMBER(6),
  TIME_ID       DATE          NOT NULL,
  SOLD_AT       TIMESTAMP(3)  NOT NULL,
  QUANTITY_SOLD NUMBER(10, 2) NOT NULL,
  AMOUNT_SOLD   NUMBER(10, 2) NOT NULL
);
INSERT INTO SALES
SELECT X, 1 + MOD(X, 700),
  CASE WHEN MOD(X, 100000) = 7 THEN NULL ELSE 'C' || LPAD(1 + MOD(X * 7919, 49000), 7, '0') END,
  1 + MOD(X, 5),
  CASE WHEN MOD(X, 25000) = 1 THEN 999999 WHEN MOD(X, 3) = 0 THEN NULL ELSE 1 + MOD(X, 500) END,
  DATE '1998-01-01' + MOD(X, 1460),
  TIMESTAMP '1998-01-01 00:00:00' + MOD(X, 1460) * INTERVAL '1' DAY + MOD(X * 86413, 86400000) * INTERVAL '0.001' SECOND,
  1 + MOD(X, 9), 1 + MOD(X * 104729, 250000) / 100.0
FROM SYSTEM_RANGE(?, ?);
