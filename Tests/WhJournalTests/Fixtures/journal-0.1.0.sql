PRAGMA application_id = 2003331633;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 runs and ledger');
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  profile TEXT NOT NULL,
  host TEXT NOT NULL,
  script TEXT,
  scriptSha256 TEXT,
  note TEXT,
  user TEXT NOT NULL,
  version TEXT NOT NULL,
  undoes INTEGER,
  startedAt INTEGER NOT NULL,
  finishedAt INTEGER,
  abandonedAt INTEGER,
  intentCount INTEGER NOT NULL,
  openCount INTEGER
) STRICT;
INSERT INTO runs VALUES(1,'default','api.example.com','migrate.wh','0000000000000000000000000000000000000000000000000000000000000000','ticket 7','alice','0.1.0',NULL,1795536000000,1795536005000,NULL,10,3);
INSERT INTO runs VALUES(2,'other','api.example.com','migrate.wh','0000000000000000000000000000000000000000000000000000000000000000','ticket 7','alice','0.1.0',NULL,1795536000000,NULL,NULL,2,NULL);
INSERT INTO runs VALUES(3,'default','api.example.com','migrate.wh','0000000000000000000000000000000000000000000000000000000000000000','ticket 7','alice','0.1.0',NULL,1795536000000,1795536005000,NULL,1,0);
INSERT INTO runs VALUES(4,'default','api.example.com','migrate.wh','0000000000000000000000000000000000000000000000000000000000000000','ticket 7','alice','0.1.0',3,1795536000000,1795536005000,NULL,1,0);
INSERT INTO runs VALUES(5,'default','api.example.com','migrate.wh','0000000000000000000000000000000000000000000000000000000000000000','ticket 7','alice','0.1.0',NULL,1795536000000,NULL,1795536005000,1,NULL);
CREATE TABLE origins (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  statements TEXT NOT NULL
) STRICT;
INSERT INTO origins VALUES(1,1,'[{"source":"migrate.wh","line":3,"column":1,"statement":"rename event MESSAGE_SENT to messages.sms.sent"},{"source":"migrate.wh","line":4,"column":1,"statement":"set header X-Key ••••"}]');
INSERT INTO origins VALUES(2,2,'[{"source":"migrate.wh","line":3,"column":1,"statement":"rename event MESSAGE_SENT to messages.sms.sent"},{"source":"migrate.wh","line":4,"column":1,"statement":"set header X-Key ••••"}]');
INSERT INTO origins VALUES(3,5,'[{"source":"migrate.wh","line":3,"column":1,"statement":"rename event MESSAGE_SENT to messages.sms.sent"},{"source":"migrate.wh","line":4,"column":1,"statement":"set header X-Key ••••"}]');
CREATE TABLE intents (
  id INTEGER PRIMARY KEY,
  appId TEXT NOT NULL,
  appSlug TEXT,
  appName TEXT,
  webhookId TEXT,
  action TEXT NOT NULL,
  before TEXT,
  asked TEXT,
  origins INTEGER
) STRICT;
INSERT INTO intents VALUES(4294967296,'app_1','shop','The Shop','whk_0','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',1);
INSERT INTO intents VALUES(4294967297,'app_1','shop','The Shop','whk_1','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',1);
INSERT INTO intents VALUES(4294967298,'app_1','shop','The Shop','whk_2','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',1);
INSERT INTO intents VALUES(4294967299,'app_1','shop','The Shop','whk_3','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',1);
INSERT INTO intents VALUES(4294967300,'app_1','shop','The Shop','whk_4','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',1);
INSERT INTO intents VALUES(4294967301,'app_1','shop','The Shop',NULL,'create',NULL,'{"url":"https://new.example.com/c","events":["MESSAGE_SENT"],"headers":[["A","b"]]}',NULL);
INSERT INTO intents VALUES(4294967302,'app_1','shop','The Shop','whk_1','delete','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}',NULL,NULL);
INSERT INTO intents VALUES(4294967303,'app_1','shop','The Shop','whk_7','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',1);
INSERT INTO intents VALUES(4294967304,'app_1','shop','The Shop','whk_8','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',1);
INSERT INTO intents VALUES(4294967305,'app_1','shop','The Shop',NULL,'create',NULL,'{"url":"https://new.example.com/c","events":["MESSAGE_SENT"],"headers":[["A","b"]]}',NULL);
INSERT INTO intents VALUES(8589934592,'app_1','shop','The Shop','whk_0','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',2);
INSERT INTO intents VALUES(8589934593,'app_1','shop','The Shop','whk_1','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',2);
INSERT INTO intents VALUES(12884901888,'app_1','shop','The Shop',NULL,'create',NULL,'{"url":"https://new.example.com/c","events":["MESSAGE_SENT"],"headers":[["A","b"]]}',NULL);
INSERT INTO intents VALUES(17179869184,'app_1','shop','The Shop','whk_3','delete','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}',NULL,NULL);
INSERT INTO intents VALUES(21474836480,'app_1','shop','The Shop','whk_0','update','{"url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}','{"url":"https://new.example.com/a"}',3);
CREATE TABLE outcomes (
  intent INTEGER PRIMARY KEY,
  state TEXT NOT NULL,
  settled INTEGER NOT NULL,
  message TEXT,
  tries INTEGER NOT NULL,
  at INTEGER NOT NULL,
  answer TEXT
) STRICT;
INSERT INTO outcomes VALUES(4294967296,'updated',1,NULL,1,1795536000000,'{"url":"https://new.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}');
INSERT INTO outcomes VALUES(4294967297,'updated',1,NULL,1,1795536000000,'{"url":"https://new.example.com/A","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}');
INSERT INTO outcomes VALUES(4294967298,'unchanged',1,NULL,1,1795536000000,NULL);
INSERT INTO outcomes VALUES(4294967299,'failed',1,'no such webhook (404)',1,1795536000000,NULL);
INSERT INTO outcomes VALUES(4294967300,'conflict',1,'somebody changed it',1,1795536000000,'{"url":"https://third.example.com","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}');
INSERT INTO outcomes VALUES(4294967301,'updated',1,NULL,1,1795536000000,'{"id":"whk_new","url":"https://new.example.com/c","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}');
INSERT INTO outcomes VALUES(4294967302,'updated',1,NULL,2,1795536000000,NULL);
INSERT INTO outcomes VALUES(4294967303,'failed',0,'the connection was lost; it may have been applied',8,1795536000000,NULL);
INSERT INTO outcomes VALUES(4294967304,'not attempted',0,'interrupted',1,1795536000000,NULL);
INSERT INTO outcomes VALUES(12884901888,'updated',1,NULL,1,1795536005000,'{"id":"whk_3","url":"https://old.example.com/a","events":["MESSAGE_SENT","MESSAGE_CREATED"],"headers":[["X-Key","s3cret"]],"createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00.123+02:00"}');
INSERT INTO outcomes VALUES(17179869184,'updated',1,NULL,1,1795536005000,NULL);
CREATE TABLE scripts (
  id INTEGER PRIMARY KEY,
  profile TEXT NOT NULL,
  host TEXT NOT NULL,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  outcome TEXT NOT NULL,
  run INTEGER,
  at INTEGER NOT NULL,
  UNIQUE (profile, host, folder, name)
) STRICT;
INSERT INTO scripts VALUES(1,'default','api.example.com','/srv/migrations','001-a.wh','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','applied',1,1795536005000);
INSERT INTO scripts VALUES(2,'default','api.example.com','/srv/migrations','000-b.wh','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','baseline',NULL,1795536005000);
CREATE TABLE scriptApps (
  script INTEGER NOT NULL REFERENCES scripts (id) ON DELETE CASCADE,
  appId TEXT NOT NULL,
  outcome TEXT NOT NULL,
  run INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (script, appId)
) STRICT, WITHOUT ROWID;
INSERT INTO scriptApps VALUES(1,'app_1','applied',1,1795536005000);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('runs',5);
CREATE INDEX originsOfRun ON origins (run);
COMMIT;
