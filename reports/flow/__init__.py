"""What petitions really went through: the events of cases, written out masked, and the ways between steps in sums."""
