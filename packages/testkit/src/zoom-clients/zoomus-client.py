"""Drives the published package `zoomus` as it is against the address in the environment; prints what came of it."""
import json
import os
from datetime import datetime, timedelta, timezone

from zoomus import ZoomClient

origin = os.environ["ORIGIN"]
client = ZoomClient(
    os.environ["CLIENT_ID"],
    os.environ["CLIENT_SECRET"],
    os.environ["ACCOUNT_ID"],
    base_uri=origin + "/v2",
    oauth_uri=origin + "/oauth/token",
)
email = os.environ["EMAIL"]
user = client.user.get(id=email).json()
group = client.group.create(name="zoomus").json()
added = client.group.add_members(groupid=group["id"], members=[{"email": email}])
members = client.group.list_members(groupid=group["id"]).json()
start = datetime.now(timezone.utc) + timedelta(hours=3)
made = client.meeting.create(
    user_id="me", topic="zoomus", type=2, start_time=start, duration=30, timezone="Asia/Tokyo"
)
meeting = made.json()
statuses = [
    client.user.list().status_code,
    client.user.me().status_code,
    added.status_code,
    client.group.delete_member(groupid=group["id"], memberid=user["id"]).status_code,
    client.group.delete(id=group["id"]).status_code,
    made.status_code,
    client.meeting.update(id=meeting["id"], topic="renamed").status_code,
    client.meeting.list(user_id=email).status_code,
    client.user.update(id=user["id"], first_name="A", last_name="B").status_code,
    client.user.update_status(id=user["id"], action="deactivate").status_code,
    client.user.update_status(id=user["id"], action="activate").status_code,
]
read = client.meeting.get(id=meeting["id"]).json()
statuses.append(client.meeting.delete(id=meeting["id"]).status_code)
statuses.append(client.meeting.get(id=meeting["id"]).status_code)
print(json.dumps({"statuses": statuses, "members": [m["email"] for m in members["members"]], "topic": read["topic"]}))
