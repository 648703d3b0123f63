"""`posture doctor`: looks at everything the monitor needs, says what is wrong and what helps."""
