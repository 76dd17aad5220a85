package org.syscope.cli.ui;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.syscope.chisels.views.ViewRun;

/** A UI on the real terminal that has an error of its own: it shows itself when the pause key is pressed. */
public final class CrashingUi {

    private CrashingUi() {
    }

    /** Runs until the error comes. */
    public static void main(String[] arguments) throws IOException {
        FakeRun fake = new FakeRun();
        ViewRun failing = (ViewRun) Proxy.newProxyInstance(CrashingUi.class.getClassLoader(), new Class<?>[] {ViewRun.class},
                (proxy, method, values) -> {
                    if (method.getName().equals("pause")) {
                        throw new StackOverflowError("an error nobody thought of");
                    }
                    try {
                        return method.invoke(fake, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        new UiScreen(System.getenv(), false, new UiScreen.Source("fake", "all"), restore -> { }).show(failing);
    }
}
