import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sealed_here", "A sealed petition waits for you"),
                            (
                                "direct_waits",
                                "A report about a cadre came straight to your office: take it in",
                            ),
                            ("registered_for_you", "A petition was registered in your portfolio"),
                            ("draft_waits", "A parked draft waits to be finished"),
                            ("sent_to_you", "A petition was sent to your unit: sign for it"),
                            ("objection_to_decide", "A unit objects: decide on the return"),
                            ("objection_refused", "The sender did not agree to the return"),
                            ("paper_to_approve", "A paper waits for your approval"),
                            ("paper_returned", "A paper that you drew up was sent back for revision"),
                            ("paper_to_serve", "A paper that you drew up was issued: it waits to be served"),
                            ("extension_to_decide", "An extension waits for your decision"),
                            ("extension_decided", "The extension was decided"),
                            ("help_asked", "A unit asks yours to assist by a day"),
                            ("fed_back", "A co-handling unit gave its feedback"),
                            ("withdrawal_to_confirm", "A petitioner withdraws: confirm it or not"),
                            ("ended_otherwise", "A petition ended: nothing more is owed on it"),
                            ("goes_on_again", "A petition that had ended goes on"),
                            ("recusal_to_decide", "A petitioner asks for a recusal: decide on it"),
                            ("recusal_decided", "A recusal was decided"),
                            ("keep_to_look_at", "A petition kept without action was drawn: look at it"),
                            ("kept_wrongly", "A petition was kept wrongly: route it anew"),
                            ("report_to_take", "A completion report came in: take it or send it back"),
                            ("report_sent_back", "Your completion report was sent back for rework"),
                            ("dispute_opened", "Who accepts a petition is in dispute"),
                            ("dispute_settled", "A dispute over who accepts was settled"),
                            ("came_again", "A matter that your unit handles was raised again"),
                            ("service_to_confirm", "A correction of a service waits for a second person"),
                            ("can_be_finished", "Nothing is missing on a petition any more: finish it"),
                            ("given_to_read", "A petition was given to you to read and work on"),
                            ("pressed", "The sender urges your unit on a petition"),
                            ("period_notice", "A period comes to its last days"),
                            ("period_warn", "A period ends soon"),
                            ("period_urge", "A period is about to end: see to it now"),
                            ("period_overdue", "A period has passed: do it and say why it is late"),
                            ("sweep_missing", "Something that runs by itself has not run"),
                            ("asked_of_you", "Something is asked of you: sign for it and reply by its day"),
                            ("asked_again", "Your reply was sent back: something is still missing"),
                            ("asked_soon", "What is asked of you is due within days: reply"),
                            ("asked_late", "What is asked of you is overdue: reply and say why it is late"),
                            ("late_with_reply", "What you asked is overdue and not replied to"),
                            ("reply_to_verify", "A reply came in to what you asked: verify it"),
                            ("slip_to_sign", "A supervision slip waits for a signature"),
                            ("slip_sent_back", "A supervision slip that you drew up was sent back"),
                            ("lift_proposed", "Lifting a matter to the next tier is proposed: decide on it"),
                            ("lift_given_back", "A lifted matter was given back or sent down"),
                            ("lift_to_read", "A matter was lifted to your tier: read along"),
                            ("sponsor_named", "You sponsor a petition from now on"),
                            ("sponsor_missing", "A sponsor withdrew from a petition: name another"),
                            (
                                "oral_to_confirm",
                                "An oral instruction was noted in your name: confirm it or not",
                            ),
                            ("oral_waits", "An oral instruction still waits for your word"),
                            ("instruction_given", "A leader gave an instruction on a petition"),
                            (
                                "instruction_answered",
                                "Everyone answered an instruction: check it and close it",
                            ),
                            ("letter_chosen", "A letter was chosen for you to read"),
                            ("decision_asked", "A decision is asked of you"),
                            ("decision_made", "The leader decided what you asked"),
                            ("decision_returned", "The leader wants to know more before he decides"),
                            (
                                "slip_to_lift",
                                "A slip on a petition that is over was answered: it can be lifted",
                            ),
                            (
                                "slip_lifted",
                                "A supervision slip to your unit was lifted (解除): nothing more is owed on it",
                            ),
                            ("bulletin_drawn", "The bulletin of last month was drawn up: read and issue it"),
                            ("bulletin_names_you", "A bulletin names matters that your unit has in hand"),
                            ("meeting_called", "You are called to a meeting"),
                            ("hearing_called", "You take part in a hearing"),
                            ("hearing_off", "A hearing that you take part in was called off"),
                            ("score_told", "Something was entered or decided in the scores of your unit"),
                            ("score_contested", "A unit contests a score entry: decide on it"),
                            ("remedy_asked", "A petitioner asks your organ for review or re-examination"),
                            ("opinion_contested", "An opinion of your unit is contested"),
                            ("remedy_decided", "An opinion of your unit was decided on in review"),
                            ("meeting_due", "A meeting is due and not called yet"),
                            ("meeting_missed", "A meeting that was due was not held"),
                            ("minutes_to_sign", "Minutes wait for a signature"),
                            ("look_back_drawn", "Items struck off were drawn to be looked at again"),
                            ("item_stuck", "An item of a list does not move"),
                            ("morning_brief", "The morning brief"),
                            (
                                "calendar_missing",
                                "The working calendar of a year is missing: enter its notice",
                            ),
                            ("calendar_moved", "A new working calendar moved last days that you keep"),
                            ("receives_visitors", "You receive visitors on a day of the roster"),
                            ("event_waits", "An event of a grid waits for you"),
                            ("event_due", "The period of an event of a grid is about to end"),
                            ("event_late", "The period of an event of a grid has passed"),
                            ("round_waits", "A round of your grid has begun (排查)"),
                            ("round_missed", "A round of a grid was not reported in its days"),
                        ],
                        max_length=30,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("subject_id", models.CharField(max_length=40)),
                ("decided_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="accounts.post",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=4)),
                ("last_day", models.DateField(null=True)),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("mail", "E-mail"),
                                ("sms", "Text message"),
                                ("robot", "Robot in a group of the unit"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("post"),
                        models.OrderBy(models.F("decided_at"), descending=True),
                        condition=models.Q(("withdrawn_at", None)),
                        name="notice_by_post",
                    ),
                    models.Index(fields=["subject_id"], name="notice_by_subject"),
                    models.Index(
                        condition=models.Q(
                            ("read_at", None), ("withdrawn_at", None), models.Q(("ways", []), _negated=True)
                        ),
                        fields=["decided_at"],
                        name="notice_to_go_out",
                    ),
                    models.Index(
                        condition=models.Q(("kind", "can_be_finished"), ("withdrawn_at", None)),
                        fields=["subject_id"],
                        name="notice_to_finish",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "key"), name="notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "sealed_here",
                                    "direct_waits",
                                    "registered_for_you",
                                    "draft_waits",
                                    "sent_to_you",
                                    "objection_to_decide",
                                    "objection_refused",
                                    "paper_to_approve",
                                    "paper_returned",
                                    "paper_to_serve",
                                    "extension_to_decide",
                                    "extension_decided",
                                    "help_asked",
                                    "fed_back",
                                    "withdrawal_to_confirm",
                                    "ended_otherwise",
                                    "goes_on_again",
                                    "recusal_to_decide",
                                    "recusal_decided",
                                    "keep_to_look_at",
                                    "kept_wrongly",
                                    "report_to_take",
                                    "report_sent_back",
                                    "dispute_opened",
                                    "dispute_settled",
                                    "came_again",
                                    "service_to_confirm",
                                    "can_be_finished",
                                    "given_to_read",
                                    "pressed",
                                    "period_notice",
                                    "period_warn",
                                    "period_urge",
                                    "period_overdue",
                                    "sweep_missing",
                                    "asked_of_you",
                                    "asked_again",
                                    "asked_soon",
                                    "asked_late",
                                    "late_with_reply",
                                    "reply_to_verify",
                                    "slip_to_sign",
                                    "slip_sent_back",
                                    "lift_proposed",
                                    "lift_given_back",
                                    "lift_to_read",
                                    "sponsor_named",
                                    "sponsor_missing",
                                    "oral_to_confirm",
                                    "oral_waits",
                                    "instruction_given",
                                    "instruction_answered",
                                    "letter_chosen",
                                    "decision_asked",
                                    "decision_made",
                                    "decision_returned",
                                    "slip_to_lift",
                                    "slip_lifted",
                                    "bulletin_drawn",
                                    "bulletin_names_you",
                                    "meeting_called",
                                    "hearing_called",
                                    "hearing_off",
                                    "score_told",
                                    "score_contested",
                                    "remedy_asked",
                                    "opinion_contested",
                                    "remedy_decided",
                                    "meeting_due",
                                    "meeting_missed",
                                    "minutes_to_sign",
                                    "look_back_drawn",
                                    "item_stuck",
                                    "morning_brief",
                                    "calendar_missing",
                                    "calendar_moved",
                                    "receives_visitors",
                                    "event_waits",
                                    "event_due",
                                    "event_late",
                                    "round_waits",
                                    "round_missed",
                                ],
                            )
                        ),
                        name="notice_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageChannel",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mail", "E-mail"),
                            ("sms", "Text-message gateway"),
                            ("wecom", "WeCom robot"),
                            ("dingtalk", "DingTalk robot"),
                            ("feishu", "Feishu robot"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("host", models.CharField(blank=True, max_length=100, verbose_name="mail server")),
                ("sender", models.EmailField(blank=True, max_length=254, verbose_name="sender")),
                ("secret_sealed", models.BinaryField()),
                ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                ("on_since_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="accounts.organ",
                    ),
                ),
                (
                    "test_fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_answer", "The gateway does not answer."),
                            ("refused", "The gateway refused it."),
                            ("no_address", "The person has no e-mail address or telephone in the account."),
                            ("nobody", "Nobody holds the post today."),
                            ("channel_off", "The channel was switched off."),
                            ("no_gateway", "The address of the gateway is not set on this machine."),
                        ],
                        max_length=20,
                    ),
                ),
                ("tested_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mail", "sms", "wecom", "dingtalk", "feishu"])),
                        name="channel_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["dingtalk", "feishu", "wecom"]), ("organ__isnull", False)),
                            models.Q(("kind__in", ["mail", "sms"]), ("organ", None)),
                            _connector="OR",
                        ),
                        name="channel_robot_of_an_organ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "mail"), _negated=True),
                            models.Q(
                                models.Q(("host", ""), _negated=True), models.Q(("sender", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="channel_mail_has_a_server",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_on", True), ("kind__in", ["mail", "sms"])),
                        fields=("kind",),
                        name="channel_one_mail_and_one_sms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "test_fault__in",
                                [
                                    "",
                                    "no_answer",
                                    "refused",
                                    "no_address",
                                    "nobody",
                                    "channel_off",
                                    "no_gateway",
                                ],
                            )
                        ),
                        name="channel_test_fault_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be sent"),
                            ("sent", "Sent"),
                            ("nothing_left", "Nothing left to tell"),
                            ("dead", "Given up"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_answer", "The gateway does not answer."),
                            ("refused", "The gateway refused it."),
                            ("no_address", "The person has no e-mail address or telephone in the account."),
                            ("nobody", "Nobody holds the post today."),
                            ("channel_off", "The channel was switched off."),
                            ("no_gateway", "The address of the gateway is not set on this machine."),
                        ],
                        max_length=20,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="notices.messagechannel",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="accounts.post",
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at", "id"],
                        name="delivery_by_next_try",
                    ),
                    models.Index(
                        condition=models.Q(("state", "dead")), fields=["day"], name="delivery_given_up"
                    ),
                    models.Index(
                        models.F("channel"),
                        models.F("post"),
                        models.OrderBy(models.F("until_at"), descending=True),
                        name="delivery_last_of_a_post",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "post", "day"), name="delivery_once_a_day", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "sent", "nothing_left", "dead"])),
                        name="delivery_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fault__in",
                                [
                                    "",
                                    "no_answer",
                                    "refused",
                                    "no_address",
                                    "nobody",
                                    "channel_off",
                                    "no_gateway",
                                ],
                            )
                        ),
                        name="delivery_fault_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="delivery_sent_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gte", models.F("since_at"))),
                        name="delivery_runs_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=4, verbose_name="period")),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("notice", "Notice"),
                            ("warn", "Warn"),
                            ("urge", "Urge"),
                            ("overdue", "Overdue"),
                        ],
                        max_length=10,
                        verbose_name="band",
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("officers", "Whoever handles it in the organ"),
                                ("heads", "The organ's section heads"),
                                ("leaders", "The organ's leader"),
                                ("office", "The petition office of the place"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="who is told",
                    ),
                ),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("mail", "E-mail"),
                                ("sms", "Text message"),
                                ("robot", "Robot in a group of the unit"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                        verbose_name="besides the inbox",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(null=True, verbose_name="valid to")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("band__in", ["notice", "warn", "urge", "overdue"])),
                        name="reminder_band_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience", []), _negated=True), name="reminder_tells_somebody"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="reminder_validity_runs_on",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            ("band", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="reminder_one_line_a_day",
                    ),
                ],
            },
        ),
    ]
