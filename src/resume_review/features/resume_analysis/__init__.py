"""Reviews of resumes: requested by a consultant, done by a job."""
