using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Knowledge;

/// <summary>What is asked: four lists and the single questions.</summary>
public sealed record QuestionTable
{
    public required IReadOnlyList<QuestionList> Lists { get; init; }
    public required IReadOnlyList<Question> Questions { get; init; }
}

/// <summary>One of the lists that the portal keeps with a reviewed-on date: conditions, medications, allergies, procedures.</summary>
/// <param name="HoldsDays">For how many days after its review the list counts as known.</param>
public sealed record QuestionList(string Id, string Text, int HoldsDays) : IRow;

/// <summary>A question to the patient (q-…) or a check at the visit (v-…).</summary>
public sealed record Question : IRow
{
    public required string Id { get; init; }
    public required string Text { get; init; }
    public required QuestionType Type { get; init; }
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>The earliest stage at which it can be answered. Earlier it is neither asked nor missing.</summary>
    public required Stage AskedAt { get; init; }

    /// <summary>For how many days an answer counts; 0: on its day only.</summary>
    public required int HoldsDays { get; init; }
    public required AnsweredBy AnsweredBy { get; init; }

    /// <summary>What silence means in a history declared complete.</summary>
    public NotGiven WhenNotGiven { get; init; }
    public Applicability? AppliesTo { get; init; }

    /// <summary>Rules that read it.</summary>
    public IReadOnlyList<string> UsedBy { get; init; } = [];
}

public enum QuestionType
{
    YesNo,
    Choice,
}

public enum AnsweredBy
{
    Patient,

    /// <summary>A clinician's judgement: it never reaches the patient's pages.</summary>
    Clinician,
}

public enum NotGiven
{
    /// <summary>Asked and without finding.</summary>
    Negative,

    /// <summary>A document that nobody has filed: "no".</summary>
    NotOnFile,

    /// <summary>Stays unknown.</summary>
    Unknown,
}

/// <summary>Whom a question concerns. An unknown sex or age is asked.</summary>
public sealed record Applicability
{
    public IReadOnlyList<Sex> Sex { get; init; } = [];
    public int? MinAge { get; init; }
    public int? MaxAge { get; init; }
}
