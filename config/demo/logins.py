"""The demo world's sign-ins: one for each role, one password for all."""

from accounts.roles import Role

# no secret: it opens nothing but the demo world, and is printed when that starts
PASSWORD = "huiyin-demo-2026"  # noqa: S105

LOGINS: tuple[tuple[Role, str], ...] = (
    (Role.REGISTRAR, "dengji"),
    (Role.PETITION_OFFICER, "duban"),
    (Role.SECTION_HEAD, "kezhang"),
    (Role.OFFICE_DIRECTOR, "juzhang"),
    (Role.SEALED_LANE_OFFICER, "mifeng"),
    (Role.CASE_OFFICER, "zhujian"),
    (Role.UNIT_HEAD, "zhujianju"),
    (Role.LEADER, "lingdao"),
    (Role.LEADER_SECRETARY, "mishu"),
    (Role.JOINT_CONFERENCE_OFFICER, "lianxi"),
    (Role.GRID_WORKER, "wangge"),
    (Role.GRID_LEADER, "wanggezhang"),
    (Role.HEARING_CLERK, "tingzheng"),
    (Role.SCORE_OFFICER, "kaohe"),
    (Role.INSPECTOR, "ducha"),
    (Role.SYSTEM_ADMINISTRATOR, "xitong"),
    (Role.SECURITY_ADMINISTRATOR, "anquan"),
    (Role.AUDIT_ADMINISTRATOR, "shenji"),
)
