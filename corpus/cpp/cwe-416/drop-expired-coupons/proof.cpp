#include "program.cpp"
#include "suite.h"

FUNCTIONAL(keeps_valid_coupons)
{
	std::unordered_map<std::string, std::time_t> coupons{{"spring", 100}, {"autumn", 200}};
	drop_expired(coupons, 50);
	CHECK(coupons.size() == 2, "%d are left", static_cast<int>(coupons.size()));
}

EXPLOIT(coupon_that_has_expired)
{
	std::unordered_map<std::string, std::time_t> coupons{{"spring", 100}, {"autumn", 200}};
	drop_expired(coupons, 150);
	if (coupons.size() != 1)
		EXPLOITED("%d are left of two, one of them expired", static_cast<int>(coupons.size()));
}
