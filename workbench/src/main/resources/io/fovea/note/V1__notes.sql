-- What people add to a thing of the workspace; the thing itself lies in its files.
CREATE TABLE note (
    shelf TEXT NOT NULL,
    name  TEXT NOT NULL,
    tags  TEXT NOT NULL,
    text  TEXT NOT NULL,
    PRIMARY KEY (shelf, name)
);
