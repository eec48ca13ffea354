"""Actions are made once, for one domain and one endpoint."""

from __future__ import annotations

import pytest
from rasa.core.actions.action import action_for_name_or_text
from rasa.shared.core.domain import ActionNotFoundException, Domain

from bot.action_endpoints import InProcessActions
from bot.engine.kept_actions import _Kept

DOMAIN = """
intents: [greet, faq]
responses:
  utter_greet: [{text: hello}]
actions: [action_ours, utter_faq]
forms:
  interview: {required_slots: []}
"""
NAMES = ["utter_greet", "action_ours", "interview", "action_listen", "action_restart"]


@pytest.fixture(scope="module")
def domain() -> Domain:
    domain: Domain = Domain.from_yaml(DOMAIN)
    domain.retrieval_intents.append("faq")
    return domain


@pytest.fixture(scope="module")
def endpoint() -> InProcessActions:
    return InProcessActions()


@pytest.mark.parametrize("name", NAMES)
def test_an_action_is_that_of_rasa_and_made_once(
    domain: Domain, endpoint: InProcessActions, name: str
) -> None:
    kept = _Kept()
    theirs = action_for_name_or_text(name, domain, endpoint)

    first = kept(name, domain, endpoint)

    assert type(first) is type(theirs)
    assert first.name() == theirs.name() == name
    assert kept(name, domain, endpoint) is first


def test_what_remembers_its_answer_is_made_anew(domain: Domain, endpoint: InProcessActions) -> None:
    kept = _Kept()

    first, second = (kept("utter_faq", domain, endpoint) for _ in range(2))

    assert first is not second
    assert (
        type(first) is type(second) is type(action_for_name_or_text("utter_faq", domain, endpoint))
    )
    assert second.name() == "utter_faq"


def test_another_domain_or_endpoint_gets_actions_of_its_own(
    domain: Domain, endpoint: InProcessActions
) -> None:
    kept = _Kept()
    first = kept("action_ours", domain, endpoint)

    assert kept("action_ours", Domain.from_yaml(DOMAIN), endpoint) is not first
    assert kept("action_ours", domain, InProcessActions()) is not first


def test_an_action_that_nobody_knows_is_refused_each_time(
    domain: Domain, endpoint: InProcessActions
) -> None:
    kept = _Kept()

    for _ in range(2):
        with pytest.raises(ActionNotFoundException):
            kept("action_unknown", domain, endpoint)
