using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules;

/// <summary>The knowledge, ready to judge.</summary>
public sealed class RuleBook(KnowledgeBase knowledge)
{
    public KnowledgeBase Knowledge { get; } = knowledge;

    public string Hash { get; } = "";

    public Assessment Assess(AssessmentRequest request) => throw new NotSupportedException();
}
