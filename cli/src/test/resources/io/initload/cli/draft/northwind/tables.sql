CREATE TABLE "Categories" ("CategoryID" INTEGER NOT NULL PRIMARY KEY, "CategoryName" VARCHAR(15) NOT NULL,
  "Description" VARCHAR(2000));
CREATE TABLE "Customers" ("CustomerID" CHAR(5) NOT NULL PRIMARY KEY, "CompanyName" VARCHAR(40) NOT NULL,
  "ContactName" VARCHAR(30), "ContactTitle" VARCHAR(30), "Address" VARCHAR(60), "City" VARCHAR(15),
  "Region" VARCHAR(15), "PostalCode" VARCHAR(10), "Country" VARCHAR(15), "Phone" VARCHAR(24),
  "Fax" VARCHAR(24));
CREATE TABLE "Employees" ("EmployeeID" INTEGER NOT NULL PRIMARY KEY, "LastName" VARCHAR(20) NOT NULL,
  "FirstName" VARCHAR(10) NOT NULL, "Title" VARCHAR(30), "TitleOfCourtesy" VARCHAR(25),
  "BirthDate" DATE, "HireDate" DATE, "Address" VARCHAR(60), "City" VARCHAR(15),
  "Region" VARCHAR(15), "PostalCode" VARCHAR(10), "Country" VARCHAR(15), "HomePhone" VARCHAR(24),
  "Extension" VARCHAR(4), "Notes" VARCHAR(4000),
  "ReportsTo" INTEGER REFERENCES "Employees" ("EmployeeID"));
CREATE TABLE "Suppliers" ("SupplierID" INTEGER NOT NULL PRIMARY KEY, "CompanyName" VARCHAR(40) NOT NULL,
  "ContactName" VARCHAR(30), "ContactTitle" VARCHAR(30), "Address" VARCHAR(60), "City" VARCHAR(15),
  "Region" VARCHAR(15), "PostalCode" VARCHAR(10), "Country" VARCHAR(15), "Phone" VARCHAR(24),
  "Fax" VARCHAR(24), "HomePage" VARCHAR(200));
CREATE TABLE "Shippers" ("ShipperID" INTEGER NOT NULL PRIMARY KEY, "CompanyName" VARCHAR(40) NOT NULL,
  "Phone" VARCHAR(24));
CREATE TABLE "Products" ("ProductID" INTEGER NOT NULL PRIMARY KEY, "ProductName" VARCHAR(40) NOT NULL,
  "SupplierID" INTEGER REFERENCES "Suppliers" ("SupplierID"),
  "CategoryID" INTEGER REFERENCES "Categories" ("CategoryID"), "QuantityPerUnit" VARCHAR(20),
  "UnitPrice" NUMERIC(19,4), "UnitsInStock" SMALLINT, "UnitsOnOrder" SMALLINT,
  "ReorderLevel" SMALLINT, "Discontinued" BOOLEAN NOT NULL);
CREATE TABLE "Orders" ("OrderID" INTEGER NOT NULL PRIMARY KEY,
  "CustomerID" CHAR(5) REFERENCES "Customers" ("CustomerID"),
  "EmployeeID" INTEGER REFERENCES "Employees" ("EmployeeID"), "OrderDate" DATE NOT NULL,
  "RequiredDate" DATE, "ShippedDate" DATE, "ShipVia" INTEGER REFERENCES "Shippers" ("ShipperID"),
  "Freight" NUMERIC(19,4), "ShipName" VARCHAR(40), "ShipAddress" VARCHAR(60),
  "ShipCity" VARCHAR(15), "ShipRegion" VARCHAR(15), "ShipPostalCode" VARCHAR(10),
  "ShipCountry" VARCHAR(15));
CREATE TABLE "Order Details" ("OrderID" INTEGER NOT NULL REFERENCES "Orders" ("OrderID"),
  "ProductID" INTEGER NOT NULL REFERENCES "Products" ("ProductID"),
  "UnitPrice" NUMERIC(19,4) NOT NULL, "Quantity" SMALLINT NOT NULL, "Discount" REAL NOT NULL,
  PRIMARY KEY ("OrderID", "ProductID"));
CREATE TABLE "Region" ("RegionID" INTEGER NOT NULL PRIMARY KEY, "RegionDescription" VARCHAR(50) NOT NULL);
CREATE TABLE "Territories" ("TerritoryID" VARCHAR(20) NOT NULL PRIMARY KEY,
  "TerritoryDescription" VARCHAR(50) NOT NULL,
  "RegionID" INTEGER NOT NULL REFERENCES "Region" ("RegionID"));
CREATE TABLE "EmployeeTerritories" (
  "EmployeeID" INTEGER NOT NULL REFERENCES "Employees" ("EmployeeID"),
  "TerritoryID" VARCHAR(20) NOT NULL REFERENCES "Territories" ("TerritoryID"),
  PRIMARY KEY ("EmployeeID", "TerritoryID"));
INSERT INTO "Categories" VALUES (1, 'Dumplings', 'Round things'), (2, 'Soups', NULL);
INSERT INTO "Customers" VALUES ('AAAAA', 'First Firm', 'Anna A', 'Owner', 'Road 1', 'Graz', NULL, '8010',
  'Austria', '+43 1', '+43 2'), ('BBBBB', 'Second Firm', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "Employees" VALUES (1, 'Upper', 'Ute', 'Head', 'Dr.', DATE '1970-01-02', DATE '1995-02-03',
  'Lane 2', 'Linz', NULL, '4020', 'Austria', '+43 3', '12', 'Sings.', NULL),
  (2, 'Lower', 'Leo', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1);
INSERT INTO "Suppliers" VALUES (1, 'Maker', 'Mia M', 'Clerk', NULL, 'Wels', NULL, NULL, 'Austria', '+43 4',
  NULL, 'http://maker.example.com');
INSERT INTO "Shippers" VALUES (1, 'Cart', '+43 5'), (2, 'Boat', NULL);
INSERT INTO "Products" VALUES (1, 'Apricot Dumpling', 1, 1, '6 pieces', 7.5000, 10, 0, 5, FALSE),
  (2, 'Old Soup', NULL, 2, NULL, NULL, 0, 0, 0, TRUE);
INSERT INTO "Orders" VALUES (1, 'AAAAA', 2, DATE '1997-03-04', DATE '1997-03-10', NULL, 1, 3.2500,
  'First Firm', 'Road 1', 'Graz', NULL, '8010', 'Austria'),
  (2, 'BBBBB', NULL, DATE '1997-03-05', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "Order Details" VALUES (1, 1, 7.5000, 3, 0.05), (1, 2, 4.0000, 1, 0), (2, 1, 7.5000, 1, 0);
INSERT INTO "Region" VALUES (1, 'East');
INSERT INTO "Territories" VALUES ('01581', 'Hill', 1), ('01730', 'Dale', 1);
INSERT INTO "EmployeeTerritories" VALUES (1, '01581'), (2, '01730');
