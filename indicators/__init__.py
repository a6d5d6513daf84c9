"""Indicators I01 to I17 (指标): one number everywhere, as it is and as it was known on any past day."""
