# Finds a JDK. Sourced by the launcher and the tools; POSIX sh.

# Prints the feature version of the JDK in $1, or nothing.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the home of the first JDK of at least version $1, looking at PANSCOPE_JAVA_HOME, JAVA_HOME,
# the system's JVM folders, and the user's own; says what is missing and returns 1 when there is none.
find_jdk() {
  wanted=$1
  for home in "${PANSCOPE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
      "${HOME:-}"/.jdks/* "${HOME:-}"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    version=$(jdk_version "$home")
    if [ -n "$version" ] && [ "$version" -ge "$wanted" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "panscope: needs a JDK $wanted or newer and found none; install one (Debian: apt-get install temurin-25-jdk from Adoptium's repository, or unpack any JDK $wanted+ and set PANSCOPE_JAVA_HOME to it)" >&2
  return 1
}
