"""Drives the published package `pyzoom` as it is against the address in the environment; prints what came of it."""
import json
import os
from datetime import datetime, timedelta, timezone

from pyzoom import ZoomClient

client = ZoomClient(access_token=os.environ["TOKEN"], base_url=os.environ["ORIGIN"] + "/v2")
start = (datetime.now(timezone.utc) + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
meeting = client.meetings.create_meeting("pyzoom", start_time=start, duration_min=40, password="23456789AB")
read = client.meetings.get_meeting(meeting.id)
client.meetings.update_meeting(
    "renamed", start_time=start, duration_min=50, meeting_id=meeting.id, password="23456789CD"
)
listed = client.meetings.list_meetings()
print(
    json.dumps(
        {
            "topic": client.meetings.get_meeting(meeting.id).topic,
            "same": read.id == meeting.id,
            "listed": len(listed.meetings),
            "users": len(client.users.get_users("active").users),
            "deleted": client.meetings.delete_meeting(meeting.id),
        }
    )
)
