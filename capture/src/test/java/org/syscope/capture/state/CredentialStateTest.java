package org.syscope.capture.state;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Ids, capabilities, names and limits of threads, and the tables of users and groups. */
final class CredentialStateTest {

    private final SystemState state = new SystemState(null);
    private final ThreadInfo thread = new ThreadInfo(100);

    @BeforeEach
    void addThread() {
        thread.pid = 100;
        thread.uid = 0;
        thread.gid = 0;
        state.threads().add(thread);
        state.listsComplete();
    }

    private void process(EventBuilder builder) {
        state.process(builder.build());
    }

    @Test
    void userIdsOfBothGenerations() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETUID_X).with("res", 0).with("uid", 5));
        assertThat(thread.uid).isEqualTo(5);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETUID_E).with("uid", 6));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_SETUID_X).with("res", 0).build(1));
        assertThat(thread.uid).isEqualTo(6);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETRESUID_X).with("res", 0).with("ruid", 1).with("euid", 7)
                .with("suid", 2));
        assertThat(thread.uid).isEqualTo(7);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETRESUID_X).with("res", 0).with("euid", 0xffff_ffffL));
        assertThat(thread.uid).isEqualTo(7);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETRESUID_E).with("ruid", 1).with("euid", 8).with("suid", 2));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_SETRESUID_X).with("res", 0).build(1));
        assertThat(thread.uid).isEqualTo(8);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETREUID_X).with("res", 0).with("ruid", 1).with("euid", 9));
        assertThat(thread.uid).isEqualTo(9);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETUID_X).with("res", -1).with("uid", 10));
        assertThat(thread.uid).isEqualTo(9);
    }

    @Test
    void groupIdsOfBothGenerations() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETGID_X).with("res", 0).with("gid", 5));
        assertThat(thread.gid).isEqualTo(5);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETGID_E).with("gid", 6));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_SETGID_X).with("res", 0).build(1));
        assertThat(thread.gid).isEqualTo(6);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETRESGID_X).with("res", 0).with("egid", 7));
        assertThat(thread.gid).isEqualTo(7);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETREGID_X).with("res", 0).with("egid", 8));
        assertThat(thread.gid).isEqualTo(8);
    }

    @Test
    void sessionsCapabilitiesAndNamespaces() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETSID_X).with("res", 100));
        assertThat(thread.sid).isEqualTo(100);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CAPSET_X).with("res", 0).with("cap_inheritable", 1)
                .with("cap_permitted", 2).with("cap_effective", 4));
        assertThat(thread.capInheritable).isEqualTo(1);
        assertThat(thread.capPermitted).isEqualTo(2);
        assertThat(thread.capEffective).isEqualTo(4);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_UNSHARE_X).with("res", 0).with("flags", ThreadFlags.CLONE_NEWUSER));
        assertThat(thread.capEffective).isEqualTo((1L << 41) - 1);
        thread.capEffective = 0;
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETNS_E).with("fd", 3).with("nstype", ThreadFlags.CLONE_NEWUSER));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_SETNS_X).with("res", 0).build(1));
        assertThat(thread.capEffective).isEqualTo((1L << 41) - 1);
    }

    @Test
    void prctlRenamesTheThread() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PRCTL_X).with("res", 0).with("option", 15)
                .with("arg2_str", "a-name-longer-than-15"));
        assertThat(thread.comm).hasToString("a-name-longer-t");
    }

    @Test
    void fdLimits() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SETRLIMIT_X).with("res", 0).with("cur", 64).with("resource", 7));
        assertThat(thread.fdLimit()).isEqualTo(64);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETRLIMIT_X).with("res", 0).with("cur", 65).with("resource", 6));
        assertThat(thread.fdLimit()).isEqualTo(64);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PRLIMIT_X).with("res", 0).with("newcur", 66).with("pid", 100)
                .with("resource", 7));
        assertThat(thread.fdLimit()).isEqualTo(66);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PRLIMIT_E).with("pid", 0).with("resource", 7));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_PRLIMIT_X).with("res", 0).with("newcur", 67).build(5));
        assertThat(thread.fdLimit()).isEqualTo(67);
    }

    @Test
    void usersAndGroupsComeAndGo() {
        process(new EventBuilder(EventCodes.PPME_USER_ADDED_E).with("uid", 5).with("gid", 6).with("name", "bob")
                .with("home", "/home/bob").with("shell", "/bin/sh").with("container_id", ""));
        process(new EventBuilder(EventCodes.PPME_GROUP_ADDED_E).with("gid", 6).with("name", "staff").with("container_id", "c1"));
        assertThat(state.thread()).isNull();
        assertThat(state.users().user(Text.EMPTY, 5).name()).hasToString("bob");
        assertThat(state.users().group(Text.EMPTY, 6)).isNull();
        assertThat(state.users().group(Text.of("c1"), 6).name()).hasToString("staff");
        process(new EventBuilder(EventCodes.PPME_USER_DELETED_E).with("uid", 5).with("container_id", ""));
        process(new EventBuilder(EventCodes.PPME_GROUP_DELETED_E).with("gid", 6).with("container_id", "c1"));
        assertThat(state.users().user(Text.EMPTY, 5)).isNull();
        assertThat(state.users().group(Text.of("c1"), 6)).isNull();
    }
}
