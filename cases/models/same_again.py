"""What the database holds of a revoked opinion: it is not said again on the same facts (R-43)."""

import pgtrigger

from cases.remedy_states import FORBIDS_THE_SAME
from cases.states import HandlingState

_GROUNDS = ", ".join(f"'{ground.value}'" for ground in sorted(FORBIDS_THE_SAME))

NOT_THE_SAME_AGAIN = pgtrigger.Trigger(
    name="handling_not_the_same_again",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__state=HandlingState.INVESTIGATING, new__state=HandlingState.OPINION_ISSUED),
    func=f"""
        IF EXISTS (
            SELECT FROM cases_revokedanswer AS revoked
            JOIN cases_remedy AS remedy ON remedy.id = revoked.remedy_id
            JOIN cases_claim AS claim ON claim.id = revoked.claim_id AND claim.handling_id = NEW.id
            JOIN cases_finding AS finding ON finding.claim_id = claim.id
            WHERE remedy.ground IN ({_GROUNDS}) AND claim.outcome = revoked.outcome
            AND regexp_replace(finding.facts, '[[:space:]]', '', 'g')
                = regexp_replace(revoked.facts, '[[:space:]]', '', 'g')
        ) THEN
            RAISE EXCEPTION 'what was revoked is not said again on the same facts';
        END IF;
        RETURN NEW;
    """,
)
