package org.syscope.cli;

/** Runs what most runs do, once, while the JVM records which classes a start needs; see the launcher. */
public final class StartupTraining {

    private StartupTraining() {
    }

    /** Runs the command lines; the captures to read are the arguments. */
    public static void main(String[] captures) {
        System.out.println(Help.brief());
    }
}
