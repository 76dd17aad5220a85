package org.syscope.filters.field;

import org.syscope.capture.event.Text;
import org.syscope.capture.state.GroupInfo;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.capture.state.UserInfo;

/** The user, or the group, that the thread acts as. */
final class CredentialFields extends TableFamily {

    private static final Text ROOT = Text.of("root");
    private static final Text ROOT_HOME = Text.of("/root");

    private CredentialFields(String name, FieldRows rows) {
        super(name, rows);
    }

    static CredentialFields users(FieldRows rows) {
        return new CredentialFields("user", rows);
    }

    static CredentialFields groups(FieldRows rows) {
        return new CredentialFields("group", rows);
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        return switch (info.name()) {
            case "user.uid" -> thread(info, null, (t, c, out) -> number(out, Integer.toUnsignedLong(t.uid)));
            case "user.name" -> thread(info, null, (t, c, out) -> userName(out, t, c, t.uid, Text.EMPTY));
            case "user.homedir" -> thread(info, null, (t, c, out) -> {
                UserInfo user = user(t, c, t.uid);
                return text(out, user != null ? user.home() : t.uid == 0 ? ROOT_HOME : missing(t.uid));
            });
            case "user.shell" -> thread(info, null, (t, c, out) -> {
                UserInfo user = user(t, c, t.uid);
                return text(out, user != null ? user.shell() : missing(t.uid));
            });
            case "user.loginuid" -> thread(info, null, (t, c, out) -> number(out,
                    t.loginuid == ThreadInfo.NO_ID ? -1 : Integer.toUnsignedLong(t.loginuid)));
            case "user.loginname" -> thread(info, null,
                    (t, c, out) -> userName(out, t, c, t.loginuid, ThreadInfo.NOT_AVAILABLE));
            case "group.gid" -> thread(info, null, (t, c, out) -> number(out, Integer.toUnsignedLong(t.gid)));
            case "group.name" -> thread(info, null, (t, c, out) -> {
                GroupInfo group = t.gid == ThreadInfo.NO_ID ? null : c.state().users().group(c.state().containerId(t), t.gid);
                return text(out, group != null ? group.name() : t.gid == 0 ? ROOT : missing(t.gid));
            });
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    private static UserInfo user(ThreadInfo thread, EventContext context, int uid) {
        return uid == ThreadInfo.NO_ID ? null : context.state().users().user(context.state().containerId(thread), uid);
    }

    private static boolean userName(FieldValue out, ThreadInfo thread, EventContext context, int uid, Text nobody) {
        UserInfo user = user(thread, context, uid);
        if (user == null || thread.listedUid == uid && uid != 0) {
            return text(out, uid == ThreadInfo.NO_ID ? nobody : uid == 0 ? ROOT : ThreadInfo.NOT_AVAILABLE);
        }
        return text(out, user.name());
    }

    /** An id that is not known has an empty text, a known id without an entry {@code <NA>}; 0 is root everywhere. */
    private static Text missing(int id) {
        return id == ThreadInfo.NO_ID ? Text.EMPTY : ThreadInfo.NOT_AVAILABLE;
    }
}
