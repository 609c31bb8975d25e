"""Find documents by their words.

Written by hand: the index over the normal forms of `search_document`. SQLite gets an FTS5 table that holds no text of
its own and is kept by triggers, PostgreSQL a generated column with a GIN index. Words stand blank-separated and are
taken as they are: the tokenizer «ascii» splits at blanks and keeps every letter that is not ASCII; on PostgreSQL the
vector is put together without a parser. (A batch operation of alembic on `search_document` makes the table anew, and
must make the triggers anew too.)
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE = (
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        normal_title, normal_text, content = 'search_document', content_rowid = 'seq',
        tokenize = "ascii tokenchars '-/.'"
    )
    """,
    """
    CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document BEGIN
        INSERT INTO search_index (rowid, normal_title, normal_text)
        VALUES (new.seq, new.normal_title, new.normal_text);
    END
    """,
    """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, normal_title, normal_text)
        VALUES ('delete', old.seq, old.normal_title, old.normal_text);
    END
    """,
    """
    CREATE TRIGGER search_document_updated AFTER UPDATE OF normal_title, normal_text ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, normal_title, normal_text)
        VALUES ('delete', old.seq, old.normal_title, old.normal_text);
        INSERT INTO search_index (rowid, normal_title, normal_text)
        VALUES (new.seq, new.normal_title, new.normal_text);
    END
    """,
)

# Places count from 1 and are at most 16383; the text begins 100 places after the title, so that no match spans both.
POSTGRESQL = (
    r"""
    CREATE FUNCTION search_vector(title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        WITH words AS (
            SELECT word, place, 'A' AS weight
            FROM unnest(string_to_array(title, ' ')) WITH ORDINALITY AS named(word, place)
            UNION ALL
            SELECT word, place + 100 + cardinality(string_to_array(title, ' ')), 'D'
            FROM unnest(string_to_array(body, ' ')) WITH ORDINALITY AS told(word, place)
        )
        SELECT coalesce(
            string_agg(
                '''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':' || least(place, 16383) || weight, ' '
            ),
            ''
        )::tsvector
        FROM words WHERE word <> ''
    $$
    """,
    """
    ALTER TABLE search_document
    ADD COLUMN vector tsvector GENERATED ALWAYS AS (search_vector(normal_title, normal_text)) STORED
    """,
    # The vectors stand in the rows, the texts beside them: the index is asked much more often than texts are shown.
    "ALTER TABLE search_document ALTER COLUMN vector SET STORAGE MAIN",
    "ALTER TABLE search_document SET (toast_tuple_target = 128)",
    "CREATE INDEX ix_search_document_vector ON search_document USING gin (vector)",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
