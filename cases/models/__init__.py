"""What is known of petitions, by noun."""

from cases.models.attachments import Attachment, DataIncident, Original
from cases.models.categories import ContentCategory
from cases.models.category_models import CategoryModel
from cases.models.clocks import HearingTime, PetitionClock
from cases.models.disputes import JurisdictionDispute, SettledBy
from cases.models.dossiers import Dossier, DossierQuerySet
from cases.models.drafts import Draft
from cases.models.ends import ContactAttempt, OtherEnd, PersonChange, Withdrawal
from cases.models.exports import (
    ExportedPetitions,
    ExportPurpose,
    ExportState,
    ExportStop,
    LedgerExport,
)
from cases.models.handling import (
    Acceptance,
    CoHandling,
    Extension,
    Finding,
    Handling,
    Recusal,
    Resolution,
    ResolutionEvidence,
    ReturnRequest,
    Route,
)
from cases.models.imports import (
    EarlierReply,
    ImportBatch,
    ImportedRow,
    ImportFinding,
    ImportSource,
    ImportState,
    Stop,
    Verdict,
)
from cases.models.involvement import Involvement
from cases.models.matters import JoinedMatter
from cases.models.notes import ConductIncident, Correction, EnquiryNote, SafetyNote
from cases.models.papers import PetitionDocument
from cases.models.people import Petitioner, QueryCode
from cases.models.petitions import Claim, Petition, PetitionQuerySet, PetitionText
from cases.models.progress import MediationResult, Progress, ProgressKind
from cases.models.ratings import LetterWish, PetitionRating
from cases.models.readers import Reader
from cases.models.reconciliations import (
    Difference,
    DifferenceKind,
    ReconciledRow,
    Reconciliation,
    ReconciliationState,
    ReconciliationStop,
    RowFault,
)
from cases.models.referrals import Referral
from cases.models.remedies import Remedy, RemedyRequest, RevokedAnswer
from cases.models.repeats import RepeatDecision
from cases.models.reports import CompletionReport, UpwardReport
from cases.models.samples import KeepCheck, KeepSample
from cases.models.saved_views import LedgerColumns, SavedView
from cases.models.sealed import (
    ReportedParty,
    Reporter,
    SealedGrant,
    SealedHandover,
    SealedMatter,
    SealedWord,
)
from cases.models.search import SearchText
from cases.models.suggestions import Study, Thanks
from cases.models.urgings import Urging
from cases.models.voids import VoidProposal

__all__ = [
    "Acceptance",
    "Attachment",
    "CategoryModel",
    "Claim",
    "CoHandling",
    "CompletionReport",
    "ConductIncident",
    "ContactAttempt",
    "ContentCategory",
    "Correction",
    "DataIncident",
    "Difference",
    "DifferenceKind",
    "Dossier",
    "DossierQuerySet",
    "Draft",
    "EarlierReply",
    "EnquiryNote",
    "ExportPurpose",
    "ExportState",
    "ExportStop",
    "ExportedPetitions",
    "Extension",
    "Finding",
    "Handling",
    "HearingTime",
    "ImportBatch",
    "ImportFinding",
    "ImportSource",
    "ImportState",
    "ImportedRow",
    "Involvement",
    "JoinedMatter",
    "JurisdictionDispute",
    "KeepCheck",
    "KeepSample",
    "LedgerColumns",
    "LedgerExport",
    "LetterWish",
    "MediationResult",
    "Original",
    "OtherEnd",
    "PersonChange",
    "Petition",
    "PetitionClock",
    "PetitionDocument",
    "PetitionQuerySet",
    "PetitionRating",
    "PetitionText",
    "Petitioner",
    "Progress",
    "ProgressKind",
    "QueryCode",
    "Reader",
    "ReconciledRow",
    "Reconciliation",
    "ReconciliationState",
    "ReconciliationStop",
    "Recusal",
    "Referral",
    "Remedy",
    "RemedyRequest",
    "RepeatDecision",
    "ReportedParty",
    "Reporter",
    "Resolution",
    "ResolutionEvidence",
    "ReturnRequest",
    "RevokedAnswer",
    "Route",
    "RowFault",
    "SafetyNote",
    "SavedView",
    "SealedGrant",
    "SealedHandover",
    "SealedMatter",
    "SealedWord",
    "SearchText",
    "SettledBy",
    "Stop",
    "Study",
    "Thanks",
    "UpwardReport",
    "Urging",
    "Verdict",
    "VoidProposal",
    "Withdrawal",
]
