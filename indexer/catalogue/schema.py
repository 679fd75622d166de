"""The catalogue's tables, and the version that tells an older catalogue from this one.

What is searched or joined on is a column; the rest of a value is one JSON cell, so that a new field
of the model needs no new column. Rectangles are packed, eight bytes each.
"""

from __future__ import annotations

SCHEMA_VERSION = 4
"""Kept in ``PRAGMA user_version``; raised whenever a table or the shape of a JSON cell changes."""

APPLICATION_ID = 0x42534348
"""Kept in ``PRAGMA application_id``, so that another program's database is not taken for ours."""

SCHEMA = """
CREATE TABLE files (
    name TEXT PRIMARY KEY,
    data BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    pages INTEGER NOT NULL,
    sections INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    first_year TEXT,
    last_year TEXT,
    data BLOB NOT NULL
);

CREATE TABLE parts (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE sections (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE details (
    document INTEGER NOT NULL,
    name TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;

CREATE TABLE blocks (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    page INTEGER,
    data BLOB NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX blocks_by_page ON blocks (document, page);

-- AUTOINCREMENT: the ordinal of a passage that is gone is never given to another.
CREATE TABLE passages (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL,
    id TEXT NOT NULL,
    part INTEGER NOT NULL,
    section INTEGER,
    first_page INTEGER,
    last_page INTEGER,
    alike INTEGER,
    text TEXT NOT NULL,
    spans BLOB NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (document, id)
);
CREATE INDEX passages_alike ON passages (alike) WHERE alike IS NOT NULL;

-- What a passage's words come to when they are analysed: a copy, made again with the engine's index.
CREATE TABLE forms (
    ordinal INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    heading TEXT NOT NULL,
    title TEXT NOT NULL,
    figures INTEGER NOT NULL,
    sentences BLOB NOT NULL
);

CREATE TABLE unread (
    file TEXT NOT NULL,
    page INTEGER,
    code TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX unread_by_file ON unread (file, page);

CREATE TABLE words (
    word TEXT PRIMARY KEY,
    passages INTEGER NOT NULL
) WITHOUT ROWID;
"""

DETAILS = ("pages", "statements", "subgroups", "cases", "acronyms", "tables", "corrections")
"""The names in ``details``: each is a field of ``Extract`` kept as one JSON list."""

HIDING = """
CREATE TEMP TABLE hidden (file TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP VIEW files AS SELECT * FROM main.files WHERE name NOT IN (SELECT file FROM temp.hidden);
CREATE TEMP VIEW unread AS SELECT * FROM main.unread WHERE file NOT IN (SELECT file FROM temp.hidden);
CREATE TEMP VIEW documents AS SELECT * FROM main.documents WHERE file NOT IN (SELECT file FROM temp.hidden);
CREATE TEMP VIEW passages AS SELECT * FROM main.passages WHERE document NOT IN
    (SELECT number FROM main.documents WHERE file IN (SELECT file FROM temp.hidden));
"""
"""SQLite finds a name among a connection's own things first: these views take the tables' places."""
