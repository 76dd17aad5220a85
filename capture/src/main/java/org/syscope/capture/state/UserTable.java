package org.syscope.capture.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.syscope.capture.event.Text;

/** Users and groups of the host and of each container; the host is the container with the empty id. */
public final class UserTable {

    private final Map<Text, LongMap<UserInfo>> users = new HashMap<>();
    private final Map<Text, LongMap<GroupInfo>> groups = new HashMap<>();

    /** The host, and nobody known yet. */
    public UserTable() {
        users.put(Text.EMPTY, new LongMap<>());
        groups.put(Text.EMPTY, new LongMap<>());
    }

    /** The user in that container ({@link Text#EMPTY}: the host); null if not known. */
    public UserInfo user(Text container, int uid) {
        LongMap<UserInfo> map = users.get(container);
        return map == null ? null : map.get(Integer.toUnsignedLong(uid));
    }

    /** The group in that container ({@link Text#EMPTY}: the host); null if not known. */
    public GroupInfo group(Text container, int gid) {
        LongMap<GroupInfo> map = groups.get(container);
        return map == null ? null : map.get(Integer.toUnsignedLong(gid));
    }

    /** Adds or replaces a user. */
    public void addUser(Text container, UserInfo user) {
        users.computeIfAbsent(container, key -> new LongMap<>()).put(Integer.toUnsignedLong(user.uid()), user);
    }

    /** Adds or replaces a group. */
    public void addGroup(Text container, GroupInfo group) {
        groups.computeIfAbsent(container, key -> new LongMap<>()).put(Integer.toUnsignedLong(group.gid()), group);
    }

    /** Forgets a user. */
    public void removeUser(Text container, int uid) {
        LongMap<UserInfo> map = users.get(container);
        if (map != null) {
            map.remove(Integer.toUnsignedLong(uid));
        }
    }

    /** Forgets a group. */
    public void removeGroup(Text container, int gid) {
        LongMap<GroupInfo> map = groups.get(container);
        if (map != null) {
            map.remove(Integer.toUnsignedLong(gid));
        }
    }

    /** The containers of which users are known, the host's empty id among them. */
    public Set<Text> userContainers() {
        return users.keySet();
    }

    /** The containers of which groups are known, the host's empty id among them. */
    public Set<Text> groupContainers() {
        return groups.keySet();
    }

    /** Visits the users of a container. */
    public void forEachUser(Text container, LongMap.Visitor<UserInfo> visitor) {
        LongMap<UserInfo> map = users.get(container);
        if (map != null) {
            map.forEach(visitor);
        }
    }

    /** Visits the groups of a container. */
    public void forEachGroup(Text container, LongMap.Visitor<GroupInfo> visitor) {
        LongMap<GroupInfo> map = groups.get(container);
        if (map != null) {
            map.forEach(visitor);
        }
    }

    /** Forgets the users and groups of a container. */
    public void clear(Text container) {
        users.put(container, new LongMap<>());
        groups.put(container, new LongMap<>());
    }

    /** Forgets everybody. */
    public void clear() {
        users.clear();
        groups.clear();
        clear(Text.EMPTY);
    }
}
