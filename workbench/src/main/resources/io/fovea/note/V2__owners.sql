-- Who made a thing, on a server that several people share.
CREATE TABLE owner (
    shelf TEXT NOT NULL,
    name  TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (shelf, name)
);

-- Which workspace the tables belong to, where they lie outside of it; one row.
CREATE TABLE workspace (
    mark TEXT NOT NULL
);
