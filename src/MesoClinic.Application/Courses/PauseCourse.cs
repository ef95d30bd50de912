using FluentValidation;
using MediatR;
using MesoClinic.Domain;
using MesoClinic.Domain.Courses;

namespace MesoClinic.Application.Courses;

/// <summary>Pauses a course: it is not overdue meanwhile, and nothing new is booked. What is booked stays.</summary>
public static class PauseCourse
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid CourseId { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why it is paused.")
            .MaximumLength(Limits.Line).WithMessage($"At most {Limits.Line} characters.");
    }

    internal sealed class Handler(CourseSteps steps, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public Task<Outcome<Done>> Handle(Command command, CancellationToken token) => steps.DoAsync(
            command.CourseId, nameof(PauseCourse), course => course.State == CourseState.Active, "Only a running course can be paused.",
            course =>
            {
                course.Pause(command.Reason.Trim(), time.UtcNow);
                return Task.CompletedTask;
            },
            token);
    }
}
