CREATE TABLE actor (actor_id INTEGER NOT NULL PRIMARY KEY, first_name VARCHAR(45) NOT NULL,
  last_name VARCHAR(45) NOT NULL, last_update TIMESTAMP NOT NULL);
CREATE TABLE category (category_id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(25) NOT NULL,
  last_update TIMESTAMP NOT NULL);
CREATE TABLE language (language_id INTEGER NOT NULL PRIMARY KEY, name CHAR(20) NOT NULL,
  last_update TIMESTAMP NOT NULL);
CREATE TABLE country (country_id INTEGER NOT NULL PRIMARY KEY, country VARCHAR(50) NOT NULL,
  last_update TIMESTAMP NOT NULL);
CREATE TABLE city (city_id INTEGER NOT NULL PRIMARY KEY, city VARCHAR(50) NOT NULL,
  country_id INTEGER NOT NULL REFERENCES country (country_id), last_update TIMESTAMP NOT NULL);
CREATE TABLE address (address_id INTEGER NOT NULL PRIMARY KEY, address VARCHAR(50) NOT NULL,
  address2 VARCHAR(50), district VARCHAR(20) NOT NULL,
  city_id INTEGER NOT NULL REFERENCES city (city_id), postal_code VARCHAR(10),
  phone VARCHAR(20) NOT NULL, last_update TIMESTAMP NOT NULL);
CREATE TABLE film (film_id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL,
  description VARCHAR(4000), release_year INTEGER,
  language_id INTEGER NOT NULL REFERENCES language (language_id),
  original_language_id INTEGER REFERENCES language (language_id),
  rental_duration SMALLINT NOT NULL, rental_rate NUMERIC(4,2) NOT NULL, length SMALLINT,
  replacement_cost NUMERIC(5,2) NOT NULL, rating VARCHAR(10), special_features VARCHAR(100),
  last_update TIMESTAMP NOT NULL);
CREATE TABLE film_actor (actor_id INTEGER NOT NULL REFERENCES actor (actor_id),
  film_id INTEGER NOT NULL REFERENCES film (film_id), last_update TIMESTAMP NOT NULL,
  PRIMARY KEY (actor_id, film_id));
CREATE TABLE film_category (film_id INTEGER NOT NULL REFERENCES film (film_id),
  category_id INTEGER NOT NULL REFERENCES category (category_id), last_update TIMESTAMP NOT NULL,
  PRIMARY KEY (film_id, category_id));
CREATE TABLE store (store_id INTEGER NOT NULL PRIMARY KEY, manager_staff_id INTEGER,
  address_id INTEGER NOT NULL REFERENCES address (address_id), last_update TIMESTAMP NOT NULL);
CREATE TABLE staff (staff_id INTEGER NOT NULL PRIMARY KEY, first_name VARCHAR(45) NOT NULL,
  last_name VARCHAR(45) NOT NULL, address_id INTEGER NOT NULL REFERENCES address (address_id),
  email VARCHAR(50), store_id INTEGER NOT NULL REFERENCES store (store_id),
  active BOOLEAN NOT NULL, username VARCHAR(16) NOT NULL, password VARCHAR(40),
  last_update TIMESTAMP NOT NULL);
ALTER TABLE store ADD FOREIGN KEY (manager_staff_id) REFERENCES staff (staff_id);
CREATE TABLE customer (customer_id INTEGER NOT NULL PRIMARY KEY,
  store_id INTEGER NOT NULL REFERENCES store (store_id), first_name VARCHAR(45) NOT NULL,
  last_name VARCHAR(45) NOT NULL, email VARCHAR(50),
  address_id INTEGER NOT NULL REFERENCES address (address_id), active BOOLEAN NOT NULL,
  create_date DATE NOT NULL, last_update TIMESTAMP);
CREATE TABLE inventory (inventory_id INTEGER NOT NULL PRIMARY KEY,
  film_id INTEGER NOT NULL REFERENCES film (film_id),
  store_id INTEGER NOT NULL REFERENCES store (store_id), last_update TIMESTAMP NOT NULL);
CREATE TABLE rental (rental_id INTEGER NOT NULL PRIMARY KEY, rental_date TIMESTAMP NOT NULL,
  inventory_id INTEGER NOT NULL REFERENCES inventory (inventory_id),
  customer_id INTEGER NOT NULL REFERENCES customer (customer_id), return_date TIMESTAMP,
  staff_id INTEGER NOT NULL REFERENCES staff (staff_id), last_update TIMESTAMP NOT NULL);
CREATE TABLE payment (payment_id INTEGER NOT NULL PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (customer_id),
  staff_id INTEGER NOT NULL REFERENCES staff (staff_id),
  rental_id INTEGER REFERENCES rental (rental_id), amount NUMERIC(5,2) NOT NULL,
  payment_date TIMESTAMP NOT NULL);
CREATE TABLE film_text (film_id INTEGER NOT NULL, title VARCHAR(255) NOT NULL,
  description VARCHAR(4000));
INSERT INTO actor VALUES (1, 'Eva', 'Eins', TIMESTAMP '2006-02-15 04:34:33'),
  (2, 'Zoe', 'Zwei', TIMESTAMP '2006-02-15 04:34:33');
INSERT INTO category VALUES (1, 'Silent', TIMESTAMP '2006-02-15 04:46:27');
INSERT INTO language VALUES (1, 'Ladin', TIMESTAMP '2006-02-15 05:02:19'),
  (2, 'Romansh', TIMESTAMP '2006-02-15 05:02:19');
INSERT INTO country VALUES (1, 'Austria', TIMESTAMP '2006-02-15 04:44:00');
INSERT INTO city VALUES (1, 'Graz', 1, TIMESTAMP '2006-02-15 04:45:25');
INSERT INTO address VALUES (1, 'Road 1', NULL, 'Styria', 1, '8010', '+43 1', TIMESTAMP '2006-02-15 04:45:30'),
  (2, 'Lane 2', 'Door 3', 'Styria', 1, NULL, '+43 2', TIMESTAMP '2006-02-15 04:45:30');
INSERT INTO film VALUES (1, 'Long Night', 'A tale', 1921, 1, 2, 3, 2.99, 95, 19.99, 'PG', 'Trailers',
  TIMESTAMP '2006-02-15 05:03:42'),
  (2, 'Short Day', NULL, NULL, 2, NULL, 5, 0.99, NULL, 9.99, 'G', NULL, TIMESTAMP '2006-02-15 05:03:42');
INSERT INTO film_actor VALUES (1, 1, TIMESTAMP '2006-02-15 05:05:03'), (2, 1, TIMESTAMP '2006-02-15 05:05:03');
INSERT INTO film_category VALUES (1, 1, TIMESTAMP '2006-02-15 05:07:09');
INSERT INTO store VALUES (1, NULL, 1, TIMESTAMP '2006-02-15 04:57:12');
INSERT INTO staff VALUES (1, 'Max', 'Manager', 1, 'max@example.com', 1, TRUE, 'max', NULL,
  TIMESTAMP '2006-02-15 04:57:16');
UPDATE store SET manager_staff_id = 1;
INSERT INTO customer VALUES (1, 1, 'Carla', 'Client', 'carla@example.com', 2, TRUE, DATE '2006-02-14',
  TIMESTAMP '2006-02-15 04:57:20'),
  (2, 1, 'Dora', 'Dame', NULL, 1, FALSE, DATE '2006-02-14', NULL);
INSERT INTO inventory VALUES (1, 1, 1, TIMESTAMP '2006-02-15 05:09:17');
INSERT INTO rental VALUES (1, TIMESTAMP '2005-05-24 22:53:30', 1, 1, TIMESTAMP '2005-05-26 22:04:30', 1,
  TIMESTAMP '2006-02-15 21:30:53'),
  (2, TIMESTAMP '2005-05-27 22:53:30', 1, 2, NULL, 1, TIMESTAMP '2006-02-15 21:30:53');
INSERT INTO payment VALUES (1, 1, 1, 1, 2.99, TIMESTAMP '2005-05-25 11:30:37'),
  (2, 2, 1, NULL, 0.99, TIMESTAMP '2005-05-28 10:35:23');
INSERT INTO film_text VALUES (1, 'Long Night', 'A tale');
