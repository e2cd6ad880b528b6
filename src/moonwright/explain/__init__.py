"""Why: what conflicts where there is no plan and what would mend it; what a plan's flights are for, and what binds."""
