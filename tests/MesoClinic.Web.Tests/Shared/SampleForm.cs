using FluentValidation;

namespace MesoClinic.Web.Tests.Shared;

public sealed class SampleForm
{
    public string? Name { get; set; }
    public decimal? Volume { get; set; }
    public DateOnly? Day { get; set; }
    public List<SampleLine> Lines { get; set; } = [new()];
}

public sealed class SampleLine
{
    public decimal? Volume { get; set; }
}

public sealed class SampleFormValidator : AbstractValidator<SampleForm>
{
    public SampleFormValidator()
    {
        RuleFor(form => form.Name).NotEmpty().WithMessage("Write the name.");
        RuleFor(form => form.Volume).NotNull().WithMessage("Write the volume.");
        RuleForEach(form => form.Lines).ChildRules(line => line.RuleFor(l => l.Volume).NotNull().WithMessage("Write the line's volume."));
    }
}
