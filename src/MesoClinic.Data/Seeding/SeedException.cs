namespace MesoClinic.Data.Seeding;

/// <summary>The knowledge files cannot be used. The message names file, row and field, so that whoever edits them finds the place.</summary>
public sealed class SeedException(string file, string row, string field, string problem, Exception? inner = null)
    : Exception($"seeds/{file}: {row}: {field}: {problem}", inner)
{
    public string File { get; } = file;

    /// <summary>Id of the row, or its position when it has none.</summary>
    public string Row { get; } = row;
    public string Field { get; } = field;
    public string Problem { get; } = problem;
}
