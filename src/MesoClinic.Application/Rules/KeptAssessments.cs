using MesoClinic.Domain.Rules;

namespace MesoClinic.Application.Rules;

/// <summary>The assessments of one operation. They are kept even when the operation is refused because of them.</summary>
public sealed class KeptAssessments
{
    private readonly List<StoredAssessment> assessments = [];

    public void Add(StoredAssessment assessment) => assessments.Add(assessment);

    public void Clear() => assessments.Clear();

    /// <summary>After a refusal: the same assessments; an appointment that was rolled back is only a number on them.</summary>
    public IReadOnlyList<StoredAssessment> WithoutRolledBackRecords() => assessments;
}
