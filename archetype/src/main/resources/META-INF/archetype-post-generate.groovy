// What a jar can't hold: scripts that may be run, and a file whose name begins with a dot.
def folder = new File(request.outputDirectory, request.artifactId)
new File(folder, "gitignore").renameTo(new File(folder, ".gitignore"))
["lockstep", "mvnw"].each { new File(folder, it).setExecutable(true) }
