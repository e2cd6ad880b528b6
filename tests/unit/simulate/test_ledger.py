"""Mass accounts."""

from moonwright.simulate.ledger import Accounts, mass_balance


def test_mass_balance() -> None:
    accounts = Accounts(launched_kg=1000, initial_kg=100, burned_kg=600, recovered_kg=400, in_place_kg=100)
    assert mass_balance(accounts.close(), 365) == ()
    accounts.burned_kg += 2e-6  # of 1,100 kg: more than a billionth
    assert [found.rule for found in mass_balance(accounts.close(), 365)] == ["mass_balance"]
