package io.fovea.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.PrivilegedExceptionAction;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkEnv;

/**
 * As whom an executor asks Hadoop's file systems: as the driver's user, whoever its worker runs as. Spark means it so, but from Java 24 on the threads of
 * its tasks no longer inherit who began them. Where the cluster wants Kerberos, Spark's tokens say it.
 */
final class HadoopUser {

    /** One for a process: Hadoop keeps a connection for each that was made, be the name the same. */
    private static final class Holder {
        static final Optional<UserGroupInformation> DRIVERS = drivers(System.getenv("SPARK_USER"));
    }

    private HadoopUser() {}

    /** Does something as that user. */
    static <T> T act(PrivilegedExceptionAction<T> action) throws IOException {
        Optional<UserGroupInformation> user = isOfDriver() ? Optional.empty() : Holder.DRIVERS;
        try {
            return user.isPresent() ? user.get().doAs(action) : action.run();
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
        } catch (IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Threads of the driver's own process are whoever it is. */
    private static boolean isOfDriver() {
        return "driver".equals(SparkEnv.get().executorId());
    }

    /** Empty if it is the one that this process is anyway. */
    private static Optional<UserGroupInformation> drivers(String name) {
        try {
            if (name == null || UserGroupInformation.isSecurityEnabled()) return Optional.empty();
            boolean isSame = name.equals(UserGroupInformation.getCurrentUser().getShortUserName());
            return isSame ? Optional.empty() : Optional.of(UserGroupInformation.createRemoteUser(name));
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }
}
