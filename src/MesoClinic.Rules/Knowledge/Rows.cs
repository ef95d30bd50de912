namespace MesoClinic.Rules.Knowledge;

/// <summary>A row of a table. Ids are stable and never reused.</summary>
public interface IRow
{
    string Id { get; }
}

/// <summary>A row that says where its knowledge comes from and who has looked at it.</summary>
public interface ISourcedRow : IRow
{
    /// <summary>Keys of the source registry; never empty.</summary>
    IReadOnlyList<string> Sources { get; }
    ReviewStatus ReviewStatus { get; }
}

/// <summary>Whether a physician has looked at a row.</summary>
public enum ReviewStatus
{
    /// <summary>Compiled from the named sources by non-clinicians.</summary>
    Unreviewed,

    /// <summary>Rests on general medical knowledge alone; look at these first.</summary>
    GeneralKnowledgeOnly,

    Reviewed,
}

/// <summary>One entry of the source registry.</summary>
/// <param name="Key">Short and stable, such as "doc-1".</param>
/// <param name="Title">Title or citation.</param>
public sealed record Source(string Key, string Title, SourceKind Kind) : IRow
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Id => Key;
}

public enum SourceKind
{
    /// <summary>One of the five documents that the clinic's knowledge starts from.</summary>
    Document,
    Secondary,
}
