"""What each paper says, from its facts. Pure: no clock, no database.

These letters are Chinese for every reader, as the law's own forms are, so their sentences stand here as they are
printed and in no catalogue. Each builder prints the elements that documents.md §3 asks of its kind; what a person wrote
goes in as he wrote it. The way on is generated from the route and never typed: no paper offers a lawsuit against
registering, accepting, forwarding or reviewing a petition (R-44).
"""

from documents.wording.bulletin import Bulletin, UnitsPart, monthly_bulletin
from documents.wording.opinion import RESULTS, ClaimAnswer, Opinion, handling_opinion, way_to_review
from documents.wording.rows import Rows, proof_of_service, registration_form
from documents.wording.sentences import Matter
from documents.wording.supervision import (
    Interview,
    Recommended,
    Supervised,
    UrgentMatter,
    recommendation,
    slip_letter,
    urgent_report,
)
from documents.wording.to_organs import (
    Assignment,
    Completion,
    Forwarding,
    Objection,
    ObjectionAnswer,
    assignment_letter,
    completion_report,
    forwarding_letter,
    objection,
    objection_answer,
)
from documents.wording.to_petitioners import (
    REFUSAL_GROUNDS,
    Acceptance,
    Destination,
    ExtensionFacts,
    Ground,
    Guidance,
    Joined,
    Kept,
    NoLonger,
    OtherRoute,
    Refusal,
    acceptance_notice,
    destination_notice,
    extension_notice,
    guidance_notice,
    joined_notice,
    kept_notice,
    no_longer_notice,
    refusal_notice,
    route_notice,
)

__all__ = [
    "REFUSAL_GROUNDS",
    "RESULTS",
    "Acceptance",
    "Assignment",
    "Bulletin",
    "ClaimAnswer",
    "Completion",
    "Destination",
    "ExtensionFacts",
    "Forwarding",
    "Ground",
    "Guidance",
    "Interview",
    "Joined",
    "Kept",
    "Matter",
    "NoLonger",
    "Objection",
    "ObjectionAnswer",
    "Opinion",
    "OtherRoute",
    "Recommended",
    "Refusal",
    "Rows",
    "Supervised",
    "UnitsPart",
    "UrgentMatter",
    "acceptance_notice",
    "assignment_letter",
    "completion_report",
    "destination_notice",
    "extension_notice",
    "forwarding_letter",
    "guidance_notice",
    "handling_opinion",
    "joined_notice",
    "kept_notice",
    "monthly_bulletin",
    "no_longer_notice",
    "objection",
    "objection_answer",
    "proof_of_service",
    "recommendation",
    "refusal_notice",
    "registration_form",
    "route_notice",
    "slip_letter",
    "urgent_report",
    "way_to_review",
]
