"""The pages of divisions. They stand here because `places` lies below `accounts` and knows no hats."""
