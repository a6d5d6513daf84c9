"""History is written once for each statement, not once for each row: a list of a thousand rows is one statement."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0028_urge_on_paper_with_an_answer"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handling",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handling",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="petition",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="petition",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="petitionclock",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="petitionclock",
            name="update_update",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_claimversion" ("decision", "executed_at", "execution_due_on", "execution_organ_id", "handling_id", "id", "known_at", "number", "outcome", "petition_class", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "route_id", "statutory_route") SELECT new_values."decision", new_values."executed_at", new_values."execution_due_on", new_values."execution_organ_id", new_values."handling_id", new_values."id", new_values."known_at", new_values."number", new_values."outcome", new_values."petition_class", new_values."petition_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."route_id", new_values."statutory_route" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="53adf0efe8fb5ec7a05fea587a1da2a47ad4f46d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f70bc",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="cases_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_claimversion" ("decision", "executed_at", "execution_due_on", "execution_organ_id", "handling_id", "id", "known_at", "number", "outcome", "petition_class", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "route_id", "statutory_route") SELECT new_values."decision", new_values."executed_at", new_values."execution_due_on", new_values."execution_organ_id", new_values."handling_id", new_values."id", new_values."known_at", new_values."number", new_values."outcome", new_values."petition_class", new_values."petition_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."route_id", new_values."statutory_route" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."decision" IS DISTINCT FROM (new_values."decision") OR old_values."executed_at" IS DISTINCT FROM (new_values."executed_at") OR old_values."execution_due_on" IS DISTINCT FROM (new_values."execution_due_on") OR old_values."execution_organ_id" IS DISTINCT FROM (new_values."execution_organ_id") OR old_values."handling_id" IS DISTINCT FROM (new_values."handling_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."known_at" IS DISTINCT FROM (new_values."known_at") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."petition_id" IS DISTINCT FROM (new_values."petition_id") OR old_values."petition_class" IS DISTINCT FROM (new_values."petition_class") OR old_values."route_id" IS DISTINCT FROM (new_values."route_id") OR old_values."statutory_route" IS DISTINCT FROM (new_values."statutory_route")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="783f3a80e027c59861c14f612e92d7a39b92cfa6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3c7f0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handling",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_handlingversion" ("accepted_on", "id", "known_at", "organ_id", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "received_at", "simple_track", "state") SELECT new_values."accepted_on", new_values."id", new_values."known_at", new_values."organ_id", new_values."petition_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."receipt", new_values."received_at", new_values."simple_track", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8971ee8b15ebf324bd48509e2e0d4df40e12575d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_81b34",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="cases_handling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handling",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_handlingversion" ("accepted_on", "id", "known_at", "organ_id", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "received_at", "simple_track", "state") SELECT new_values."accepted_on", new_values."id", new_values."known_at", new_values."organ_id", new_values."petition_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."receipt", new_values."received_at", new_values."simple_track", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_on" IS DISTINCT FROM (new_values."accepted_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."known_at" IS DISTINCT FROM (new_values."known_at") OR old_values."organ_id" IS DISTINCT FROM (new_values."organ_id") OR old_values."petition_id" IS DISTINCT FROM (new_values."petition_id") OR old_values."receipt" IS DISTINCT FROM (new_values."receipt") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."simple_track" IS DISTINCT FROM (new_values."simple_track") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="be2ac429860f10c23e991b406574493ef1685a44",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ccbf6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_handling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petition",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionversion" ("channel", "content_category_id", "ended_as", "id", "is_collective", "is_urgent", "known_at", "litigation_related", "next_due_at", "number", "petition_class", "petitioner_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_path", "purpose", "received_at", "register_level", "register_organ_id", "registered_at", "routing", "sealed", "source") SELECT new_values."channel", new_values."content_category_id", new_values."ended_as", new_values."id", new_values."is_collective", new_values."is_urgent", new_values."known_at", new_values."litigation_related", new_values."next_due_at", new_values."number", new_values."petition_class", new_values."petitioner_count", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."place_path", new_values."purpose", new_values."received_at", new_values."register_level", new_values."register_organ_id", new_values."registered_at", new_values."routing", new_values."sealed", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="19877b53726bea46c3cdcb81759bafcab2a4346d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e033e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="cases_petition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petition",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionversion" ("channel", "content_category_id", "ended_as", "id", "is_collective", "is_urgent", "known_at", "litigation_related", "next_due_at", "number", "petition_class", "petitioner_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_path", "purpose", "received_at", "register_level", "register_organ_id", "registered_at", "routing", "sealed", "source") SELECT new_values."channel", new_values."content_category_id", new_values."ended_as", new_values."id", new_values."is_collective", new_values."is_urgent", new_values."known_at", new_values."litigation_related", new_values."next_due_at", new_values."number", new_values."petition_class", new_values."petitioner_count", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place_id", new_values."place_path", new_values."purpose", new_values."received_at", new_values."register_level", new_values."register_organ_id", new_values."registered_at", new_values."routing", new_values."sealed", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."content_category_id" IS DISTINCT FROM (new_values."content_category_id") OR old_values."ended_as" IS DISTINCT FROM (new_values."ended_as") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_collective" IS DISTINCT FROM (new_values."is_collective") OR old_values."is_urgent" IS DISTINCT FROM (new_values."is_urgent") OR old_values."known_at" IS DISTINCT FROM (new_values."known_at") OR old_values."litigation_related" IS DISTINCT FROM (new_values."litigation_related") OR old_values."next_due_at" IS DISTINCT FROM (new_values."next_due_at") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."petition_class" IS DISTINCT FROM (new_values."petition_class") OR old_values."petitioner_count" IS DISTINCT FROM (new_values."petitioner_count") OR old_values."place_id" IS DISTINCT FROM (new_values."place_id") OR old_values."place_path" IS DISTINCT FROM (new_values."place_path") OR old_values."purpose" IS DISTINCT FROM (new_values."purpose") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."register_level" IS DISTINCT FROM (new_values."register_level") OR old_values."register_organ_id" IS DISTINCT FROM (new_values."register_organ_id") OR old_values."registered_at" IS DISTINCT FROM (new_values."registered_at") OR old_values."routing" IS DISTINCT FROM (new_values."routing") OR old_values."sealed" IS DISTINCT FROM (new_values."sealed") OR old_values."source" IS DISTINCT FROM (new_values."source")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f675ab2a9d61909d0bd6e50e5470b94b7f333089",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e2e8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_petition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petitionclock",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionclockversion" ("alarm_day", "amber_at", "breached_at", "cancelled_at", "code", "due_at", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "organ_id", "paused_since", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") SELECT new_values."alarm_day", new_values."amber_at", new_values."breached_at", new_values."cancelled_at", new_values."code", new_values."due_at", new_values."extension_days", new_values."extensions", new_values."id", new_values."known_at", new_values."last_day", new_values."met_at", new_values."next_alarm_at", new_values."notice_at", new_values."organ_id", new_values."paused_since", new_values."petition_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."presumed", new_values."rolled_day", new_values."rule_id", new_values."set_day", new_values."start_event", new_values."started_at", new_values."starts_on", new_values."steps", new_values."urge_at", new_values."waiting_for_year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="154a2b1905ced27c390e9752013edad6265554e7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d2805",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="cases_petitionclock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petitionclock",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionclockversion" ("alarm_day", "amber_at", "breached_at", "cancelled_at", "code", "due_at", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "organ_id", "paused_since", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") SELECT new_values."alarm_day", new_values."amber_at", new_values."breached_at", new_values."cancelled_at", new_values."code", new_values."due_at", new_values."extension_days", new_values."extensions", new_values."id", new_values."known_at", new_values."last_day", new_values."met_at", new_values."next_alarm_at", new_values."notice_at", new_values."organ_id", new_values."paused_since", new_values."petition_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."presumed", new_values."rolled_day", new_values."rule_id", new_values."set_day", new_values."start_event", new_values."started_at", new_values."starts_on", new_values."steps", new_values."urge_at", new_values."waiting_for_year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9ed5276e3ad60720a806539c2b6ec4ba60915fc1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c7f7e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_petitionclock",
                    when="AFTER",
                ),
            ),
        ),
    ]
