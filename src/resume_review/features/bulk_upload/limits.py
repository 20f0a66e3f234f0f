"""How much one bulk upload may bring, and what its parts are called."""

BATCH_PATH = "/resume_upload/batch"
"""Under the prefix of the API; the one route whose body may be larger than a file."""

MOST_FILES = 300
MOST_BYTES = 200_000_000
"""Of all files together, unpacked."""

READ_ITEM_JOB = "bulk_upload.read"
