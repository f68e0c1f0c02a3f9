CREATE TABLE "Artist" ("ArtistId" INTEGER NOT NULL PRIMARY KEY, "Name" VARCHAR(120));
CREATE TABLE "Genre" ("GenreId" INTEGER NOT NULL PRIMARY KEY, "Name" VARCHAR(120));
CREATE TABLE "MediaType" ("MediaTypeId" INTEGER NOT NULL PRIMARY KEY, "Name" VARCHAR(120));
CREATE TABLE "Playlist" ("PlaylistId" INTEGER NOT NULL PRIMARY KEY, "Name" VARCHAR(120));
CREATE TABLE "Album" ("AlbumId" INTEGER NOT NULL PRIMARY KEY, "Title" VARCHAR(160) NOT NULL,
  "ArtistId" INTEGER NOT NULL REFERENCES "Artist" ("ArtistId"));
CREATE TABLE "Track" ("TrackId" INTEGER NOT NULL PRIMARY KEY, "Name" VARCHAR(200) NOT NULL,
  "AlbumId" INTEGER REFERENCES "Album" ("AlbumId"),
  "MediaTypeId" INTEGER NOT NULL REFERENCES "MediaType" ("MediaTypeId"),
  "GenreId" INTEGER REFERENCES "Genre" ("GenreId"), "Composer" VARCHAR(220),
  "Milliseconds" INTEGER NOT NULL, "Bytes" INTEGER, "UnitPrice" NUMERIC(10,2) NOT NULL);
CREATE TABLE "PlaylistTrack" (
  "PlaylistId" INTEGER NOT NULL REFERENCES "Playlist" ("PlaylistId"),
  "TrackId" INTEGER NOT NULL REFERENCES "Track" ("TrackId"),
  PRIMARY KEY ("PlaylistId", "TrackId"));
CREATE TABLE "Employee" ("EmployeeId" INTEGER NOT NULL PRIMARY KEY, "LastName" VARCHAR(20) NOT NULL,
  "FirstName" VARCHAR(20) NOT NULL, "Title" VARCHAR(30),
  "ReportsTo" INTEGER REFERENCES "Employee" ("EmployeeId"), "BirthDate" TIMESTAMP,
  "HireDate" TIMESTAMP, "Address" VARCHAR(70), "City" VARCHAR(40), "State" VARCHAR(40),
  "Country" VARCHAR(40), "PostalCode" VARCHAR(10), "Phone" VARCHAR(24), "Fax" VARCHAR(24),
  "Email" VARCHAR(60));
CREATE TABLE "Customer" ("CustomerId" INTEGER NOT NULL PRIMARY KEY, "FirstName" VARCHAR(40) NOT NULL,
  "LastName" VARCHAR(20) NOT NULL, "Company" VARCHAR(80), "Address" VARCHAR(70),
  "City" VARCHAR(40), "State" VARCHAR(40), "Country" VARCHAR(40), "PostalCode" VARCHAR(10),
  "Phone" VARCHAR(24), "Fax" VARCHAR(24), "Email" VARCHAR(60) NOT NULL,
  "SupportRepId" INTEGER REFERENCES "Employee" ("EmployeeId"));
CREATE TABLE "Invoice" ("InvoiceId" INTEGER NOT NULL PRIMARY KEY,
  "CustomerId" INTEGER NOT NULL REFERENCES "Customer" ("CustomerId"),
  "InvoiceDate" TIMESTAMP NOT NULL, "BillingAddress" VARCHAR(70), "BillingCity" VARCHAR(40),
  "BillingState" VARCHAR(40), "BillingCountry" VARCHAR(40), "BillingPostalCode" VARCHAR(10),
  "Total" NUMERIC(10,2) NOT NULL);
CREATE TABLE "InvoiceLine" ("InvoiceLineId" INTEGER NOT NULL PRIMARY KEY,
  "InvoiceId" INTEGER NOT NULL REFERENCES "Invoice" ("InvoiceId"),
  "TrackId" INTEGER NOT NULL REFERENCES "Track" ("TrackId"), "UnitPrice" NUMERIC(10,2) NOT NULL,
  "Quantity" INTEGER NOT NULL);
INSERT INTO "Artist" VALUES (1, 'The First'), (2, 'The Second');
INSERT INTO "Genre" VALUES (1, 'Polka'), (2, 'Waltz');
INSERT INTO "MediaType" VALUES (1, 'Shellac');
INSERT INTO "Playlist" VALUES (1, 'Sundays'), (2, 'Mondays');
INSERT INTO "Album" VALUES (1, 'Opening', 1), (2, 'Closing', 2);
INSERT INTO "Track" VALUES (1, 'One', 1, 1, 1, 'A. Composer', 200000, 4711, 0.99),
  (2, 'Two', 2, 1, NULL, NULL, 180000, NULL, 1.29);
INSERT INTO "PlaylistTrack" VALUES (1, 1), (1, 2), (2, 1);
INSERT INTO "Employee" VALUES
  (1, 'Upper', 'Anna', 'Head', NULL, TIMESTAMP '1970-01-02 00:00:00', TIMESTAMP '2001-02-03 00:00:00',
   'Road 1', 'Graz', 'Styria', 'Austria', '8010', '+43 1', '+43 2', 'anna@example.com'),
  (2, 'Lower', 'Bert', 'Agent', 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "Customer" VALUES (1, 'Carla', 'Client', 'Firm', 'Lane 2', 'Linz', 'Upper Austria',
  'Austria', '4020', '+43 3', NULL, 'carla@example.com', 2),
  (2, 'Dora', 'Dame', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'dora@example.com', 1);
INSERT INTO "Invoice" VALUES (1, 1, TIMESTAMP '2020-03-04 05:06:07', 'Lane 2', 'Linz', 'Upper Austria',
  'Austria', '4020', 2.28), (2, 2, TIMESTAMP '2020-03-05 00:00:00', NULL, NULL, NULL, NULL, NULL, 0.99);
INSERT INTO "InvoiceLine" VALUES (1, 1, 1, 0.99, 1), (2, 1, 2, 1.29, 1), (3, 2, 1, 0.99, 1);
