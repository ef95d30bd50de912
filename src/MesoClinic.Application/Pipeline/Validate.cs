using FluentValidation;
using MediatR;

namespace MesoClinic.Application.Pipeline;

/// <summary>Checks the shape of a request; whatever needs the database is the handler's.</summary>
internal sealed class Validate<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IClinicRequest
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = validators
            .SelectMany(validator => validator.Validate(request).Errors)
            .GroupBy(error => error.PropertyName, error => error.ErrorMessage, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

        return errors.Count == 0 ? next() : Task.FromResult(TResponse.Refuse(new Failure.Invalid(errors)));
    }
}
