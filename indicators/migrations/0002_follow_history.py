from django.db import migrations

# The history of a petition grew: its facts are worked out anew. Who may know of it is written at once, so that a
# figure never counts what was sealed a moment ago (Q1). Plain SQL, which no session can tell to look away.
FOLLOW = """
CREATE FUNCTION indicators_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO indicators_mark (petition_id, marked_at) SELECT DISTINCT %s, now() FROM new_rows', TG_ARGV[0]
    );
    RETURN NULL;
END $$;

CREATE FUNCTION indicators_see() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE indicators_fact AS fact SET sealed = new_rows.sealed, seen_path = new_rows.place_path
    FROM new_rows
    WHERE fact.petition_id = new_rows.pgh_obj_id
      AND (fact.sealed, fact.seen_path) <> (new_rows.sealed, new_rows.place_path);
    RETURN NULL;
END $$;

CREATE TRIGGER indicators_see AFTER INSERT ON cases_petitionversion
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION indicators_see();
"""
UNFOLLOW = """
DROP TRIGGER indicators_see ON cases_petitionversion;
DROP FUNCTION indicators_see();
DROP FUNCTION indicators_mark();
"""
_MARKED = {
    "cases_petitionversion": ("INSERT", "pgh_obj_id"),
    "cases_claimversion": ("INSERT", "petition_id"),
    "cases_petitionclockversion": ("INSERT", "petition_id"),
    "cases_progress": ("INSERT", "(SELECT petition_id FROM cases_handling WHERE id = handling_id)"),
    "cases_contactattempt": ("INSERT", "petition_id"),
    "cases_repeatdecision": ("INSERT", "unnest(ARRAY[petition_id, earlier_id])"),
}
# a decision is reversed by writing its end
_MARKED_AGAIN = {"cases_repeatdecision": ("UPDATE", "unnest(ARRAY[petition_id, earlier_id])")}


def _marks(marked, suffix):
    for table, (event, petition) in marked.items():
        name = f"indicators_mark{suffix}"
        yield migrations.RunSQL(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING NEW TABLE AS new_rows"
            f" FOR EACH STATEMENT EXECUTE FUNCTION indicators_mark('{petition}')",
            f"DROP TRIGGER {name} ON {table}",
        )


# What there is already is worked out by the first runs of the sweep.
MARK_ALL = "INSERT INTO indicators_mark (petition_id, marked_at) SELECT id, now() FROM cases_petition"


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        migrations.RunSQL(FOLLOW, UNFOLLOW),
        *_marks(_MARKED, ""),
        *_marks(_MARKED_AGAIN, "_again"),
        migrations.RunSQL(MARK_ALL, migrations.RunSQL.noop),
    ]
