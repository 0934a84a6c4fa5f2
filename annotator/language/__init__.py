"""What is known of Chinese and English: functions over strings and core data."""
