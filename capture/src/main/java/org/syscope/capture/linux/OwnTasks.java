package org.syscope.capture.linux;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;

/** The threads of this process as the kernel knows them, those of the Java virtual machine included. */
final class OwnTasks {

    private static final File TASKS = new File("/proc/self/task");

    private OwnTasks() {
    }

    /** {@return the tids of all; without those that end meanwhile, or begin} */
    static int[] all() {
        String[] tasks = TASKS.list();
        return tasks == null ? new int[0] : Arrays.stream(tasks).mapToInt(Integer::parseInt).toArray();
    }

    /**
     * Those that the kernel calls by one of these names.
     *
     * @param names each of 15 bytes at most
     * @return their tids
     */
    static int[] named(Set<String> names) {
        return Arrays.stream(all()).filter(tid -> names.contains(name(tid))).toArray();
    }

    private static String name(int tid) {
        try {
            return Files.readString(TASKS.toPath().resolve(Integer.toString(tid)).resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }
}
