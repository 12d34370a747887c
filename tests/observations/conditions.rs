//! The conditions that keep rules from crying wolf, as far as the rules' own examples do not show them.
